// Owns the transactional pass-through: what librdkafka does in C with nothing in between.
#include "support.h"
#include <stdlib.h>
#include <string.h>

#define PARTITIONS 64
#define POLL_LIMIT 1000
#define POLL_WAIT 50

/// A running pass-through.
struct run {
  const raw_pass_through *options;
  rd_kafka_t *consumer;
  rd_kafka_t *producer;
  rd_kafka_topic_t *sources[RAW_TOPICS];
  int source_count;
  rd_kafka_topic_t *output;
  /// Next offset to commit; 0 where nothing was read since the last commit.
  int64_t next[RAW_TOPICS][PARTITIONS];
  bool is_open;
  int64_t opened_at;
  size_t bytes;
  int64_t pending;
  int64_t last_commit_end;
  int64_t last_commit_length;
  int64_t started_at;
  int64_t cpu_at_start;
  size_t turn;
  /// Outputs that inputs so far are still worth.
  double owed;
  raw_figures *figures;
  raw_error *error;
};

static void rebalanced(
    rd_kafka_t *client, rd_kafka_resp_err_t code, rd_kafka_topic_partition_list_t *list, void *opaque) {
  struct run *run = opaque;
  if (code == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS) {
    rd_kafka_error_t *failure = rd_kafka_incremental_assign(client, list);
    if (failure) raw_fail_with(run->error, "assign", failure);
    if (run->started_at == 0 && list->cnt > 0) {
      run->started_at = raw_now();
      run->cpu_at_start = raw_cpu();
      if (run->options->assigned) run->options->assigned();
    }
  } else {
    rd_kafka_error_t *failure = rd_kafka_incremental_unassign(client, list);
    if (failure) rd_kafka_error_destroy(failure);
  }
}

/// Milliseconds until the open transaction should be committed; 0: now.
static int64_t decide(const struct run *run, bool drained) {
  if (run->bytes >= run->options->commit_bytes) return 0;
  int64_t now = raw_now() / 1000;
  int64_t due = run->opened_at + run->options->commit_milliseconds;
  if (now >= due) return 0;
  if (!drained) return due - now;
  int64_t calm = run->last_commit_end + run->last_commit_length;
  if (now >= calm) return 0;
  return (due < calm ? due : calm) - now;
}

static bool produce(struct run *run, const rd_kafka_message_t *input) {
  rd_kafka_vu_t list[2 + RAW_FILLED];
  memset(list, 0, sizeof(list));
  list[0].vtype = RD_KAFKA_VTYPE_RKT;
  list[0].u.rkt = run->output;
  list[1].vtype = RD_KAFKA_VTYPE_PARTITION;
  list[1].u.i32 = RD_KAFKA_PARTITION_UA;
  raw_output copy = {
      .key = input->key, .key_count = input->key_len, .value = input->payload, .value_count = input->len};
  const raw_output *output =
      run->options->output_count > 0 ? &run->options->outputs[run->turn++ % run->options->output_count] : &copy;
  size_t count = 2 + (size_t)raw_fill(list + 2, output);
  run->bytes += 70 + output->value_count + output->key_count;
  for (size_t index = 0; index < output->header_count; index++) run->bytes += output->headers[index].count + 20;
  while (true) {
    rd_kafka_error_t *failure = rd_kafka_produceva(run->producer, list, count);
    if (!failure) return true;
    if (rd_kafka_error_code(failure) != RD_KAFKA_RESP_ERR__QUEUE_FULL) {
      return raw_fail_with(run->error, "produce", failure);
    }
    rd_kafka_error_destroy(failure);
    rd_kafka_poll(run->producer, 2);
  }
}

static bool handle(struct run *run, const rd_kafka_message_t *message) {
  if (!run->is_open) {
    rd_kafka_error_t *failure = rd_kafka_begin_transaction(run->producer);
    if (failure) return raw_fail_with(run->error, "begin", failure);
    run->is_open = true;
    run->opened_at = raw_now() / 1000;
    run->bytes = 0;
  }
  for (int topic = 0; topic < run->source_count; topic++) {
    if (run->sources[topic] != message->rkt) continue;
    if (message->partition >= PARTITIONS) return raw_fail(run->error, "consume", "too many partitions");
    run->next[topic][message->partition] = message->offset + 1;
  }
  run->pending++;
  run->owed += run->options->copies > 0 ? run->options->copies : 1;
  for (; run->owed >= 1; run->owed -= 1) {
    if (!produce(run, message)) return false;
  }
  return true;
}

static bool commit(struct run *run) {
  int64_t start = raw_now();
  rd_kafka_topic_partition_list_t *offsets = rd_kafka_topic_partition_list_new(16);
  for (int topic = 0; topic < run->source_count; topic++) {
    for (int32_t partition = 0; partition < PARTITIONS; partition++) {
      if (run->next[topic][partition] == 0) continue;
      rd_kafka_topic_partition_list_add(offsets, rd_kafka_topic_name(run->sources[topic]), partition)->offset =
          run->next[topic][partition];
      run->next[topic][partition] = 0;
    }
  }
  rd_kafka_consumer_group_metadata_t *group = rd_kafka_consumer_group_metadata(run->consumer);
  rd_kafka_error_t *failure = rd_kafka_send_offsets_to_transaction(run->producer, offsets, group, -1);
  rd_kafka_consumer_group_metadata_destroy(group);
  rd_kafka_topic_partition_list_destroy(offsets);
  if (failure) return raw_fail_with(run->error, "send offsets", failure);
  if ((failure = rd_kafka_commit_transaction(run->producer, -1))) {
    return raw_fail_with(run->error, "commit", failure);
  }
  int64_t end = raw_now();
  run->last_commit_end = end / 1000;
  run->last_commit_length = end / 1000 - start / 1000;
  run->is_open = false;
  run->figures->records += run->pending;
  run->pending = 0;
  run->figures->commits++;
  run->figures->commit_microseconds += end - start;
  run->figures->microseconds = end - run->started_at;
  run->figures->cpu_microseconds = raw_cpu() - run->cpu_at_start;
  return true;
}

static bool turn(struct run *run, bool *drained) {
  int64_t left = run->is_open ? decide(run, *drained) : POLL_WAIT;
  int wait = run->is_open && !*drained ? 0 : (int)(left < POLL_WAIT ? left : POLL_WAIT);
  int delivered = 0;
  while (delivered < POLL_LIMIT) {
    rd_kafka_message_t *message = rd_kafka_consumer_poll(run->consumer, wait);
    if (!message) break;
    wait = 0;
    bool good = true;
    if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR) {
      good = handle(run, message);
      raw_taken(run->consumer, message->len);
      delivered++;
    } else if (message->err != RD_KAFKA_RESP_ERR__PARTITION_EOF) {
      good = raw_fail(run->error, "consume", rd_kafka_message_errstr(message));
    }
    rd_kafka_message_destroy(message);
    if (!good) return false;
  }
  *drained = delivered == 0;
  return !run->is_open || decide(run, *drained) > 0 || commit(run);
}

static bool open_clients(struct run *run) {
  const raw_pass_through *options = run->options;
  rd_kafka_conf_t *conf = rd_kafka_conf_new();
  rd_kafka_conf_set_opaque(conf, run);
  rd_kafka_conf_set_rebalance_cb(conf, rebalanced);
  const char *const consumer[] = {
      "group.id", options->group, "partition.assignment.strategy", "cooperative-sticky", "session.timeout.ms",
      "15000", NULL};
  if (!(run->consumer = raw_client(RD_KAFKA_CONSUMER, conf, options->brokers, consumer, run->error))) return false;
  rd_kafka_poll_set_consumer(run->consumer);
  const char *const producer[] = {
      "transactional.id", options->transactional_id, "transaction.timeout.ms", "10000", "message.timeout.ms",
      "10000", NULL};
  run->producer = raw_client(RD_KAFKA_PRODUCER, rd_kafka_conf_new(), options->brokers, producer, run->error);
  if (!run->producer) return false;
  run->source_count = raw_topics(run->consumer, options->sources, run->sources, run->error);
  rd_kafka_topic_t *outputs[RAW_TOPICS];
  if (run->source_count == 0 || raw_topics(run->producer, options->output, outputs, run->error) == 0) return false;
  run->output = outputs[0];
  rd_kafka_error_t *failure = rd_kafka_init_transactions(run->producer, -1);
  if (failure) return raw_fail_with(run->error, "init transactions", failure);
  // The first record to a topic that is not known yet waits for up to a second (librdkafka#5032).
  const struct rd_kafka_metadata *metadata;
  rd_kafka_resp_err_t code = rd_kafka_metadata(run->producer, 0, run->output, &metadata, 10000);
  if (code) return raw_fail(run->error, "metadata", rd_kafka_err2str(code));
  rd_kafka_metadata_destroy(metadata);
  rd_kafka_topic_partition_list_t *topics = rd_kafka_topic_partition_list_new(RAW_TOPICS);
  for (int topic = 0; topic < run->source_count; topic++) {
    rd_kafka_topic_partition_list_add(topics, rd_kafka_topic_name(run->sources[topic]), RD_KAFKA_PARTITION_UA);
  }
  code = rd_kafka_subscribe(run->consumer, topics);
  rd_kafka_topic_partition_list_destroy(topics);
  return code == RD_KAFKA_RESP_ERR_NO_ERROR || raw_fail(run->error, "subscribe", rd_kafka_err2str(code));
}

static void close_clients(struct run *run) {
  if (run->consumer) rd_kafka_consumer_close(run->consumer);
  for (int topic = 0; topic < run->source_count; topic++) rd_kafka_topic_destroy(run->sources[topic]);
  if (run->output) rd_kafka_topic_destroy(run->output);
  if (run->consumer) rd_kafka_destroy(run->consumer);
  if (run->producer) rd_kafka_destroy(run->producer);
}

bool raw_pass_through_run(
    const raw_pass_through *options, raw_stop *stop, raw_figures *figures, raw_error *error) {
  struct run run = {.options = options, .figures = figures, .error = error};
  memset(figures, 0, sizeof(*figures));
  error->text[0] = 0;
  bool good = open_clients(&run);
  bool drained = false;
  while (good && error->text[0] == 0 && !raw_stop_requested(stop)
         && (options->records == 0 || figures->records < options->records)) {
    good = turn(&run, &drained);
  }
  if (good && run.is_open) good = commit(&run);
  close_clients(&run);
  return good && error->text[0] == 0;
}
