// Owns the implementation of what the calls of this target share.
#include "support.h"
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

struct raw_stop {
  atomic_bool wanted;
};

raw_stop *raw_stop_create(void) {
  raw_stop *stop = calloc(1, sizeof(*stop));
  if (!stop) abort();
  return stop;
}

void raw_stop_request(raw_stop *stop) { atomic_store(&stop->wanted, true); }
bool raw_stop_requested(raw_stop *stop) { return atomic_load(&stop->wanted); }

static int64_t read_clock(clockid_t clock) {
  struct timespec time;
  clock_gettime(clock, &time);
  return (int64_t)time.tv_sec * 1000000 + time.tv_nsec / 1000;
}

int64_t raw_now(void) { return read_clock(CLOCK_MONOTONIC); }
int64_t raw_wall(void) { return read_clock(CLOCK_REALTIME); }

int64_t raw_cpu(void) {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return ((int64_t)usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000 + usage.ru_utime.tv_usec
         + usage.ru_stime.tv_usec;
}

bool raw_fail(raw_error *error, const char *what, const char *why) {
  snprintf(error->text, sizeof(error->text), "%s: %s", what, why);
  return false;
}

bool raw_fail_with(raw_error *error, const char *what, rd_kafka_error_t *failure) {
  raw_fail(error, what, rd_kafka_error_string(failure));
  rd_kafka_error_destroy(failure);
  return false;
}

const char *const raw_consumer_defaults[] = {
    "isolation.level", "read_committed", "enable.auto.commit", "false", "enable.auto.offset.store", "false",
    "enable.partition.eof", "true", "auto.offset.reset", "error", "fetch.wait.max.ms", "100",
    "fetch.max.bytes", "2097152", "max.partition.fetch.bytes", "262144", "queued.min.messages", "100000",
    "queued.max.messages.kbytes", "1024", "socket.nagle.disable", "true", NULL};

const char *const raw_producer_defaults[] = {
    "enable.idempotence", "true", "partitioner", "murmur2_random", "compression.type", "lz4", "linger.ms", "5",
    "message.max.bytes", "1000000", "queue.buffering.max.messages", "100000", "queue.buffering.max.kbytes",
    "32768", "socket.nagle.disable", "true", NULL};

rd_kafka_t *raw_client(
    rd_kafka_type_t type, rd_kafka_conf_t *conf, const char *brokers, const char *const *properties,
    raw_error *error) {
  char reason[200];
  const char *const *lists[2] = {
      type == RD_KAFKA_CONSUMER ? raw_consumer_defaults : raw_producer_defaults, properties};
  rd_kafka_conf_res_t result = rd_kafka_conf_set(conf, "bootstrap.servers", brokers, reason, sizeof(reason));
  for (int list = 0; list < 2; list++) {
    for (const char *const *at = lists[list]; *at && result == RD_KAFKA_CONF_OK; at += 2) {
      result = rd_kafka_conf_set(conf, at[0], at[1], reason, sizeof(reason));
    }
  }
  rd_kafka_t *client =
      result == RD_KAFKA_CONF_OK ? rd_kafka_new(type, conf, reason, sizeof(reason)) : NULL;
  if (!client) {
    raw_fail(error, "open client", reason);
    rd_kafka_conf_destroy(conf);
  }
  return client;
}

void raw_taken(rd_kafka_t *consumer, size_t count) {
  static _Thread_local size_t bytes;
  bytes += count;
  if (bytes < 256 << 10) return;
  bytes = 0;
  rd_kafka_error_t *failure = rd_kafka_sasl_set_credentials(consumer, "unused", "unused");
  if (failure) rd_kafka_error_destroy(failure);
}

int raw_topics(rd_kafka_t *client, const char *names, rd_kafka_topic_t *topics[RAW_TOPICS], raw_error *error) {
  char copy[1024];
  if (snprintf(copy, sizeof(copy), "%s", names) >= (int)sizeof(copy)) {
    raw_fail(error, "topics", "their names are too long");
    return 0;
  }
  int count = 0;
  char *rest = NULL;
  for (char *name = strtok_r(copy, ",", &rest); name; name = strtok_r(NULL, ",", &rest)) {
    if (count == RAW_TOPICS || !(topics[count] = rd_kafka_topic_new(client, name, NULL))) {
      raw_fail(error, "topics", "too many, or one cannot be opened");
      while (count > 0) rd_kafka_topic_destroy(topics[--count]);
      return 0;
    }
    count++;
  }
  return count;
}
