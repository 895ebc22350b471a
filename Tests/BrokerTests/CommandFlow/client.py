# Owns the stock client and the independent validator of the command's tests: records in and out as JSON lines, and
# the published schemas held against them.
import base64
import datetime
import json
import sys

from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaError, Producer, TopicPartition
from jsonschema import Draft202012Validator, FormatChecker


def text(data):
    """Bytes as the tests' JSON lines carry them; None stays None."""
    return None if data is None else base64.b64encode(data).decode()


def data(text):
    return None if text is None else base64.b64decode(text)


def produce(brokers):
    """Produces the JSON lines of standard input in their order; prints where each one came to stand."""
    producer = Producer({"bootstrap.servers": brokers, "message.max.bytes": 8 << 20, "linger.ms": 0,
                         "enable.idempotence": True})
    places = []

    def delivered(error, message):
        if error is not None:
            sys.exit(f"not delivered: {error}")
        places.append({"topic": message.topic(), "partition": message.partition(), "offset": message.offset()})

    for line in sys.stdin:
        record = json.loads(line)
        headers = [(name, data(value)) for name, value in record.get("headers", [])]
        producer.produce(record["topic"], partition=record.get("partition", -1), key=data(record.get("key")),
                         value=data(record.get("value")), headers=headers, callback=delivered)
        # One at a time, so that places come in the order of lines.
        producer.flush()
    for place in places:
        print(json.dumps(place))


def read(brokers, topics):
    """Prints everything that is committed on the topics, each partition up to the end it has now."""
    consumer = Consumer({"bootstrap.servers": brokers, "group.id": "stock-reader", "enable.auto.commit": False,
                         "isolation.level": "read_committed", "enable.partition.eof": True})
    left = set()
    for topic in topics:
        partitions = consumer.list_topics(topic, timeout=30).topics[topic].partitions
        left.update((topic, partition) for partition in partitions)
    consumer.assign([TopicPartition(topic, partition, OFFSET_BEGINNING) for topic, partition in left])
    while left:
        message = consumer.poll(30)
        if message is None:
            sys.exit("the broker sent nothing for 30 s")
        if message.error() is not None:
            if message.error().code() != KafkaError._PARTITION_EOF:
                sys.exit(str(message.error()))
            left.discard((message.topic(), message.partition()))
            continue
        print(json.dumps({
            "topic": message.topic(), "partition": message.partition(), "offset": message.offset(),
            "key": text(message.key()), "value": text(message.value()),
            "headers": [[name, text(value)] for name, value in message.headers() or []]}))
    consumer.close()


formats = FormatChecker()


@formats.checks("date-time", raises=ValueError)
def is_time(value):
    return not isinstance(value, str) or datetime.datetime.fromisoformat(value.replace("Z", "+00:00")).tzinfo


def validate(folder):
    """Holds the records of standard input, as `read` prints them, against the schemas in a folder. Prints each
    disagreement, and at the end how many records were held against each schema."""
    def load(name):
        with open(f"{folder}/{name}.json", encoding="utf-8") as file:
            return json.load(file)

    def validator(schema):
        Draft202012Validator.check_schema(schema)
        return Draft202012Validator(schema, format_checker=formats)

    signals = validator(load("signal"))
    signal_headers = validator(load("asyncapi")["components"]["messages"]["signal"]["headers"])
    dead_letters = validator(load("dead-letter"))
    counts = {"signal": 0, "dead-letter": 0}
    for line in sys.stdin:
        record = json.loads(line)
        place = f"{record['topic']}-{record['partition']}@{record['offset']}"
        headers = {}
        for name, value in record["headers"]:
            headers[name] = None if value is None else data(value).decode("utf-8", "replace")
        if record["topic"].endswith("signals"):
            counts["signal"] += 1
            checks = [(signals, json.loads(data(record["value"]))), (signal_headers, headers)]
        else:
            counts["dead-letter"] += 1
            checks = [(dead_letters, headers)]
        for schema, instance in checks:
            for error in schema.iter_errors(instance):
                print(f"{place}: {error.json_path}: {error.message[:300]}")
    print(json.dumps(counts))


def widen(brokers, topic, count):
    """Gives a topic more partitions, behind the deployment's back."""
    from confluent_kafka.admin import AdminClient, NewPartitions
    admin = AdminClient({"bootstrap.servers": brokers})
    for future in admin.create_partitions([NewPartitions(topic, int(count))]).values():
        future.result(30)


if __name__ == "__main__":
    command, *rest = sys.argv[1:]
    if command == "read":
        read(rest[0], rest[1:])
    else:
        {"produce": produce, "validate": validate, "widen": widen}[command](*rest)
