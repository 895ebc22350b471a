// Owns the reader that measures: how long after its event was sent a committed output can be read.
#define _GNU_SOURCE
#include "support.h"
#include <stdlib.h>
#include <string.h>

/// How long nothing has to come before a reader that was told to stop believes that it is over, in microseconds.
#define QUIET 1500000

struct raw_reader {
  rd_kafka_t *client;
  int64_t *ages;
  size_t capacity;
  size_t count;
  size_t seen;
};

raw_reader *raw_reader_create(
    const char *brokers, const char *topic, int32_t partitions, size_t capacity, raw_error *error) {
  error->text[0] = 0;
  const char *const properties[] = {"group.id", "bench-reader", NULL};
  rd_kafka_t *client = raw_client(RD_KAFKA_CONSUMER, rd_kafka_conf_new(), brokers, properties, error);
  if (!client) return NULL;
  rd_kafka_poll_set_consumer(client);
  raw_reader *reader = calloc(1, sizeof(*reader));
  if (!reader || !(reader->ages = calloc(capacity ? capacity : 1, sizeof(int64_t)))) abort();
  reader->client = client;
  reader->capacity = capacity;
  rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(partitions);
  rd_kafka_resp_err_t code = RD_KAFKA_RESP_ERR_NO_ERROR;
  for (int32_t partition = 0; partition < partitions && !code; partition++) {
    int64_t low, high;
    code = rd_kafka_query_watermark_offsets(client, topic, partition, &low, &high, 10000);
    rd_kafka_topic_partition_list_add(list, topic, partition)->offset = high;
  }
  if (!code) code = rd_kafka_assign(client, list);
  rd_kafka_topic_partition_list_destroy(list);
  if (!code) return reader;
  raw_fail(error, "reader", rd_kafka_err2str(code));
  raw_reader_destroy(reader);
  return NULL;
}

/// Microseconds since 1970 that stand behind `"at-`; -1 when there are none.
static int64_t time_of_sending(const char *value, size_t count) {
  const char *mark = memmem(value, count, "\"at-", 4);
  if (!mark) return -1;
  int64_t time = 0;
  for (const char *at = mark + 4; at < value + count && *at >= '0' && *at <= '9'; at++) {
    time = time * 10 + (*at - '0');
  }
  return time;
}

bool raw_reader_run(raw_reader *reader, int64_t from, raw_stop *stop, raw_error *error) {
  error->text[0] = 0;
  int64_t last = raw_now();
  while (!raw_stop_requested(stop) || raw_now() - last < QUIET) {
    rd_kafka_message_t *message = rd_kafka_consumer_poll(reader->client, 50);
    if (!message) continue;
    if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR) {
      last = raw_now();
      reader->seen++;
      int64_t time = message->payload ? time_of_sending(message->payload, message->len) : -1;
      if (time >= from && reader->count < reader->capacity) reader->ages[reader->count++] = raw_wall() - time;
    } else if (message->err != RD_KAFKA_RESP_ERR__PARTITION_EOF) {
      raw_fail(error, "reader", rd_kafka_message_errstr(message));
    }
    rd_kafka_message_destroy(message);
    if (error->text[0]) return false;
  }
  return true;
}

const int64_t *raw_reader_ages(const raw_reader *reader) { return reader->ages; }
size_t raw_reader_count(const raw_reader *reader) { return reader->count; }
size_t raw_reader_seen(const raw_reader *reader) { return reader->seen; }

void raw_reader_destroy(raw_reader *reader) {
  rd_kafka_assign(reader->client, NULL);
  rd_kafka_consumer_close(reader->client);
  rd_kafka_destroy(reader->client);
  free(reader->ages);
  free(reader);
}
