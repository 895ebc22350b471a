// Owns the load: events from templates, at a rate or as fast as the broker takes them.
#include "support.h"
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static void delivered(rd_kafka_t *client, const rd_kafka_message_t *message, void *opaque) {
  (void)client;
  atomic_llong *failed = opaque;
  if (message->err) atomic_fetch_add(failed, 1);
}

/// Writes the event and returns its length; 0 when it does not fit.
static size_t fill(const raw_template *template, int64_t number, int64_t time, char *into, size_t room) {
  size_t used = 0;
  for (size_t at = 0; at < template->count; at++) {
    if (room - used < 64) return 0;
    char byte = template->text[at];
    if (byte == 1) {
      used += (size_t)snprintf(into + used, room - used, "at-%lld-%lld", (long long)time, (long long)number);
    } else if (byte == 2) {
      // 10,007 is prime: numbers come back in an order of their own.
      used += (size_t)snprintf(into + used, room - used, "%lld", (long long)(number * 7919 % 10007));
    } else {
      into[used++] = byte;
    }
  }
  return used;
}

static void sleep_until(int64_t time) {
  struct timespec until = {.tv_sec = time / 1000000, .tv_nsec = time % 1000000 * 1000};
  clock_nanosleep(CLOCK_REALTIME, TIMER_ABSTIME, &until, NULL);
}

static bool send_all(
    const raw_load *options, rd_kafka_t *producer, rd_kafka_topic_t *topics[RAW_TOPICS], atomic_llong *failed,
    int64_t *latest, raw_error *error) {
  char event[64 << 10];
  int64_t start = raw_wall();
  for (int64_t number = 0; number < options->events; number++) {
    int64_t time = raw_wall();
    if (options->rate > 0) {
      time = start + number * 1000000 / options->rate;
      // Once a millisecond is fine enough, and leaves the processor to others.
      if (time > raw_wall()) {
        rd_kafka_poll(producer, 0);
        sleep_until(time + 1000);
      }
    }
    int64_t late = raw_wall() - time;
    if (late > *latest) *latest = late;
    const raw_template *template = &options->templates[(size_t)number % options->template_count];
    size_t count = fill(template, number, time, event, sizeof(event));
    if (count == 0) return raw_fail(error, "load", "an event is too large");
    while (rd_kafka_produce(
               topics[template->topic], RD_KAFKA_PARTITION_UA, RD_KAFKA_MSG_F_COPY, event, count, NULL, 0, NULL)
           != 0) {
      rd_kafka_resp_err_t code = rd_kafka_last_error();
      if (code != RD_KAFKA_RESP_ERR__QUEUE_FULL) return raw_fail(error, "load", rd_kafka_err2str(code));
      rd_kafka_poll(producer, 5);
    }
    if (number % 1000 == 0) rd_kafka_poll(producer, 0);
  }
  rd_kafka_resp_err_t code = rd_kafka_flush(producer, 60000);
  if (code) return raw_fail(error, "load", rd_kafka_err2str(code));
  return atomic_load(failed) == 0 || raw_fail(error, "load", "some events were not accepted");
}

bool raw_load_run(const raw_load *options, int64_t *latest, raw_error *error) {
  error->text[0] = 0;
  *latest = 0;
  atomic_llong failed;
  atomic_init(&failed, 0);
  rd_kafka_conf_t *conf = rd_kafka_conf_new();
  rd_kafka_conf_set_opaque(conf, &failed);
  rd_kafka_conf_set_dr_msg_cb(conf, delivered);
  const char *const properties[] = {"linger.ms", options->rate > 0 ? "1" : "20", NULL};
  rd_kafka_t *producer = raw_client(RD_KAFKA_PRODUCER, conf, options->brokers, properties, error);
  if (!producer) return false;
  rd_kafka_topic_t *topics[RAW_TOPICS];
  int count = raw_topics(producer, options->topics, topics, error);
  bool good = count > 0;
  for (size_t index = 0; good && index < options->template_count; index++) {
    good = options->templates[index].topic < count || raw_fail(error, "load", "a template names no topic");
  }
  good = good && send_all(options, producer, topics, &failed, latest, error);
  for (int topic = 0; topic < count; topic++) rd_kafka_topic_destroy(topics[topic]);
  rd_kafka_destroy(producer);
  return good;
}

bool raw_write_aborted(
    const char *brokers, const char *topic, int32_t partitions, int64_t records, const void *key,
    size_t key_count, raw_error *error) {
  error->text[0] = 0;
  const char *const properties[] = {
      "transactional.id", "bench-aborted", "transaction.timeout.ms", "10000", "message.timeout.ms", "10000", NULL};
  rd_kafka_t *producer = raw_client(RD_KAFKA_PRODUCER, rd_kafka_conf_new(), brokers, properties, error);
  if (!producer) return false;
  rd_kafka_topic_t *topics[RAW_TOPICS] = {NULL};
  bool good = raw_topics(producer, topic, topics, error) == 1;
  rd_kafka_error_t *failure = good ? rd_kafka_init_transactions(producer, -1) : NULL;
  if (good && !failure) failure = rd_kafka_begin_transaction(producer);
  for (int64_t number = 0; good && !failure && number < records * partitions; number++) {
    while (rd_kafka_produce(
               topics[0], (int32_t)(number % partitions), RD_KAFKA_MSG_F_COPY, "aborted", 7, key, key_count, NULL)
           != 0) {
      rd_kafka_poll(producer, 5);
    }
  }
  // An abort drops what is still queued.
  if (good && !failure) rd_kafka_flush(producer, 30000);
  if (good && !failure) failure = rd_kafka_abort_transaction(producer, -1);
  if (failure) good = raw_fail_with(error, "aborted transaction", failure);
  if (topics[0]) rd_kafka_topic_destroy(topics[0]);
  rd_kafka_destroy(producer);
  return good;
}
