// Owns what the calls of this target share: clocks, clients, errors, lists of topics.
#ifndef RAW_SUPPORT_H
#define RAW_SUPPORT_H

#include "RawClient.h"
#include <librdkafka/rdkafka.h>

/// Microseconds that never go back.
int64_t raw_now(void);
/// Microseconds since 1970.
int64_t raw_wall(void);
/// User and system time of this process, in microseconds.
int64_t raw_cpu(void);

/// Says why and returns false.
bool raw_fail(raw_error *error, const char *what, const char *why);
/// The same for an error object, which it destroys.
bool raw_fail_with(raw_error *error, const char *what, rd_kafka_error_t *failure);

/// A client with properties as `name, value, …, NULL`; NULL when it cannot be had.
rd_kafka_t *raw_client(
    rd_kafka_type_t type, rd_kafka_conf_t *conf, const char *brokers, const char *const *properties,
    raw_error *error);

/// What consumers and producers of the product are told by default, so that both sides run under the same.
extern const char *const raw_consumer_defaults[];
extern const char *const raw_producer_defaults[];

/// So many bytes left the queue: wakes the threads that fetch when it is time, as the product does. Without, they
/// sleep for up to a second once their queues are full (librdkafka#2879).
void raw_taken(rd_kafka_t *consumer, size_t count);

/// Headers that an output has at most.
#define RAW_HEADERS 24
/// What `raw_fill` fills at most.
#define RAW_FILLED (3 + RAW_HEADERS)
/// Puts a record into the arguments of a produce call: flags, value, key, headers. Returns how many those are.
int raw_fill(rd_kafka_vu_t *list, const raw_output *output);

#define RAW_TOPICS 8
/// Handles of the topics in a list separated by commas. Returns how many; 0 when there are too many or none.
int raw_topics(rd_kafka_t *client, const char *names, rd_kafka_topic_t *topics[RAW_TOPICS], raw_error *error);

#endif
