// Owns sending records that somebody else made, whole: key, value and headers.
#include "support.h"
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

struct raw_sender {
  rd_kafka_t *client;
  rd_kafka_topic_t *topics[RAW_TOPICS];
  int topic_count;
  atomic_llong refused;
  int64_t sent;
};

static void delivered(rd_kafka_t *client, const rd_kafka_message_t *message, void *opaque) {
  (void)client;
  raw_sender *sender = opaque;
  if (message->err) atomic_fetch_add(&sender->refused, 1);
}

raw_sender *raw_sender_create(const char *brokers, const char *topic, int linger, raw_error *error) {
  error->text[0] = 0;
  raw_sender *sender = calloc(1, sizeof(*sender));
  if (!sender) abort();
  rd_kafka_conf_t *conf = rd_kafka_conf_new();
  rd_kafka_conf_set_opaque(conf, sender);
  rd_kafka_conf_set_dr_msg_cb(conf, delivered);
  const char *const properties[] = {"linger.ms", linger > 1 ? "20" : "1", NULL};
  sender->client = raw_client(RD_KAFKA_PRODUCER, conf, brokers, properties, error);
  if (sender->client) sender->topic_count = raw_topics(sender->client, topic, sender->topics, error);
  if (sender->topic_count > 0) return sender;
  raw_sender_destroy(sender);
  return NULL;
}

int raw_fill(rd_kafka_vu_t *list, const raw_output *output) {
  int count = 0;
  list[count].vtype = RD_KAFKA_VTYPE_MSGFLAGS;
  list[count++].u.i = RD_KAFKA_MSG_F_COPY;
  list[count].vtype = RD_KAFKA_VTYPE_VALUE;
  list[count].u.mem.ptr = (void *)output->value;
  list[count++].u.mem.size = output->value_count;
  list[count].vtype = RD_KAFKA_VTYPE_KEY;
  list[count].u.mem.ptr = (void *)output->key;
  list[count++].u.mem.size = output->key_count;
  for (size_t index = 0; index < output->header_count && index < RAW_HEADERS; index++, count++) {
    list[count].vtype = RD_KAFKA_VTYPE_HEADER;
    list[count].u.header.name = output->headers[index].name;
    list[count].u.header.val = output->headers[index].value;
    list[count].u.header.size = (ssize_t)output->headers[index].count;
  }
  return count;
}

bool raw_sender_send(raw_sender *sender, const raw_output *output, raw_error *error) {
  rd_kafka_vu_t list[2 + RAW_FILLED];
  memset(list, 0, sizeof(list));
  list[0].vtype = RD_KAFKA_VTYPE_RKT;
  list[0].u.rkt = sender->topics[0];
  list[1].vtype = RD_KAFKA_VTYPE_PARTITION;
  list[1].u.i32 = RD_KAFKA_PARTITION_UA;
  size_t count = 2 + (size_t)raw_fill(list + 2, output);
  rd_kafka_error_t *failure;
  while ((failure = rd_kafka_produceva(sender->client, list, count))) {
    if (rd_kafka_error_code(failure) != RD_KAFKA_RESP_ERR__QUEUE_FULL) return raw_fail_with(error, "send", failure);
    rd_kafka_error_destroy(failure);
    rd_kafka_poll(sender->client, 5);
  }
  if (++sender->sent % 1000 == 0) rd_kafka_poll(sender->client, 0);
  return true;
}

bool raw_sender_flush(raw_sender *sender, raw_error *error) {
  rd_kafka_resp_err_t code = rd_kafka_flush(sender->client, 60000);
  if (code) return raw_fail(error, "send", rd_kafka_err2str(code));
  return atomic_load(&sender->refused) == 0 || raw_fail(error, "send", "some records were not accepted");
}

void raw_sender_destroy(raw_sender *sender) {
  for (int topic = 0; topic < sender->topic_count; topic++) rd_kafka_topic_destroy(sender->topics[topic]);
  if (sender->client) rd_kafka_destroy(sender->client);
  free(sender);
}
