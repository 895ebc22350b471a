// Owns what benchmarks do on librdkafka in C: the pass-through that workers are measured against, a load of events,
// and a reader that measures how old events are when their outputs can be read.
#ifndef RAW_CLIENT_H
#define RAW_CLIENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// What ends a running call early, from another thread or a signal handler.
typedef struct raw_stop raw_stop;
raw_stop *_Nonnull raw_stop_create(void);
void raw_stop_request(raw_stop *_Nonnull stop);
bool raw_stop_requested(raw_stop *_Nonnull stop);

/// Why a call failed; empty when it did not.
typedef struct raw_error {
  char text[256];
} raw_error;

/// A header of an output.
typedef struct raw_header {
  const char *_Nonnull name;
  const void *_Nonnull value;
  size_t count;
} raw_header;

/// A record to produce in place of an input.
typedef struct raw_output {
  const void *_Nonnull key;
  size_t key_count;
  const void *_Nonnull value;
  size_t value_count;
  const raw_header *_Nonnull headers;
  size_t header_count;
} raw_output;

/// Consume, produce one output or more for each input, commit all in one transaction.
typedef struct raw_pass_through {
  const char *_Nonnull brokers;
  const char *_Nonnull group;
  const char *_Nonnull transactional_id;
  /// Separated by commas.
  const char *_Nonnull sources;
  const char *_Nonnull output;
  /// A transaction is committed after so long or so many bytes, or once nothing is left to read and the last commit
  /// is at least one commit's length ago.
  int64_t commit_milliseconds;
  size_t commit_bytes;
  /// Ends once so many records are committed; 0: when it is told to.
  int64_t records;
  /// Produced one after the other; none: each input's own key and value.
  const raw_output *_Nullable outputs;
  size_t output_count;
  /// Outputs for each input, on average; 0 counts as 1.
  double copies;
  /// Called when partitions are assigned.
  void (*_Nullable assigned)(void);
} raw_pass_through;

/// From the first assignment to the last commit.
typedef struct raw_figures {
  int64_t records;
  int64_t commits;
  int64_t commit_microseconds;
  int64_t microseconds;
  int64_t cpu_microseconds;
} raw_figures;

bool raw_pass_through_run(
    const raw_pass_through *_Nonnull options, raw_stop *_Nonnull stop, raw_figures *_Nonnull figures,
    raw_error *_Nonnull error);

/// An event to send: its text has a byte 1 where the time of sending goes and a byte 2 where a number goes.
typedef struct raw_template {
  const char *_Nonnull text;
  size_t count;
  int32_t topic;
} raw_template;

typedef struct raw_load {
  const char *_Nonnull brokers;
  /// Separated by commas; templates index them.
  const char *_Nonnull topics;
  /// Sent in turn.
  const raw_template *_Nonnull templates;
  size_t template_count;
  int64_t events;
  /// Events a second; 0: as many as the broker takes.
  int64_t rate;
} raw_load;

/// Sends events and waits until they are acknowledged. A time of sending is the one that the rate gives, whether or
/// not the load kept up with it: `at-MICROSECONDS-NUMBER`, since 1970. `latest`: how far it fell behind at the worst,
/// microseconds.
bool raw_load_run(const raw_load *_Nonnull options, int64_t *_Nonnull latest, raw_error *_Nonnull error);

/// Sends records whole, to one topic, partitions by their keys.
typedef struct raw_sender raw_sender;
/// `linger`: milliseconds that a batch waits for more, 1 or 20.
raw_sender *_Nullable raw_sender_create(
    const char *_Nonnull brokers, const char *_Nonnull topic, int linger, raw_error *_Nonnull error);
/// Copies the record; waits while the queue is full.
bool raw_sender_send(raw_sender *_Nonnull sender, const raw_output *_Nonnull output, raw_error *_Nonnull error);
/// Waits until everything is acknowledged.
bool raw_sender_flush(raw_sender *_Nonnull sender, raw_error *_Nonnull error);
void raw_sender_destroy(raw_sender *_Nonnull sender);

/// Reads committed records that come after its creation.
typedef struct raw_reader raw_reader;
raw_reader *_Nullable raw_reader_create(
    const char *_Nonnull brokers, const char *_Nonnull topic, int32_t partitions, size_t capacity,
    raw_error *_Nonnull error);
/// Reads until it is told to stop and nothing has come for a while. Takes the age, in microseconds, of every record
/// with a time of sending at or after `from` (microseconds since 1970).
bool raw_reader_run(
    raw_reader *_Nonnull reader, int64_t from, raw_stop *_Nonnull stop, raw_error *_Nonnull error);
/// The ages taken, `raw_reader_count` of them; valid until the reader is destroyed.
const int64_t *_Nonnull raw_reader_ages(const raw_reader *_Nonnull reader);
size_t raw_reader_count(const raw_reader *_Nonnull reader);
/// Every record read, measured or not.
size_t raw_reader_seen(const raw_reader *_Nonnull reader);
void raw_reader_destroy(raw_reader *_Nonnull reader);

/// Begins transactions on a topic's partitions, writes `records` records to each, and aborts.
bool raw_write_aborted(
    const char *_Nonnull brokers, const char *_Nonnull topic, int32_t partitions, int64_t records,
    const void *_Nonnull key, size_t key_count, raw_error *_Nonnull error);

#endif
