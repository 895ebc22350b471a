# Owns the stock client and the independent validator of the command's tests: records in and out as JSON lines, and
# the published schemas held against them.
import base64
import datetime
import json
import re
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
                         "isolation.level": "read_committed", "enable.partition.eof": True,
                         # The end of a partition is told with an answer, which the broker holds back so long.
                         "fetch.wait.max.ms": 20})
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
is_case = re.compile(rb"[a-z]-[0-9a-f]{32}-[1-9][0-9]*")


@formats.checks("date-time", raises=ValueError)
def is_time(value):
    return not isinstance(value, str) or datetime.datetime.fromisoformat(value.replace("Z", "+00:00")).tzinfo


# Topics, by the end of their names: the schema of their values and what AsyncAPI calls their messages. The value of a
# dead letter may be any bytes at all.
contracts = {
    "signals": ("signal", "signal"), "dead-letters": (None, "deadLetter"), "assignments": ("assignment", "assignment"),
    "escalations": ("escalation", "escalation"), "case-journal": ("journal", "journal"),
    "claims": ("claim", "claim"), "delegations": ("delegation", "delegation")}

# What headers say again, so that consumers can filter without reading the value.
said_again = {"ce_id": "id", "owner": "owner", "priority": "priority", "type": "type", "decision": "decision",
              "kind": "kind", "answer": "answer", "action": "action", "traceparent": "traceparent"}

# What is the key, by topic: the first of these fields that a record has.
keys = {"assignments": ["case"], "escalations": ["case", "owner"],
        "case-journal": ["case", "subjectKey", "owner", "id"], "claims": ["root"],
        "delegations": ["case", "subjectKey", "id"]}


def closed(schema):
    """A schema that knows no fields but those it names: what consumers have to pass over, we may not write."""
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    result = {name: part if name in ("examples", "enum", "const") else closed(part) for name, part in schema.items()}
    if isinstance(schema.get("properties"), dict) and schema.get("type") == "object":
        result["additionalProperties"] = False
    return result


def disagreements(name, record, headers, value):
    """Where the key and the headers of a record say something else than its value."""
    named = [value[field] for field in keys[name] if field in value]
    key = (data(record.get("key")) or b"").decode("utf-8", "replace")
    if named and key != named[0]:
        yield f"the key is {key}, and the value says {named[0]}"
    for header, field in said_again.items():
        if header in headers and headers[header] != value.get(field):
            yield f"the header {header} is {headers[header]}, and the value says {value.get(field)}"


def validate(folder):
    """Holds the records of standard input, as `read` prints them, against the schemas in a folder: values and headers,
    and what both say. Prints each disagreement, and at the end how many records were held against each schema;
    `tombstone` counts assignments without a value."""
    def load(name):
        with open(f"{folder}/{name}.json", encoding="utf-8") as file:
            return json.load(file)

    def validator(schema):
        Draft202012Validator.check_schema(schema)
        return Draft202012Validator(schema, format_checker=formats)

    messages = load("asyncapi")["components"]["messages"]
    validators = {}
    for name, (schema, message) in contracts.items():
        headers = messages[message]["headers"]
        headers = load("dead-letter") if "$ref" in headers else headers
        values = load(schema) if schema else None
        if name in keys:
            values, headers = closed(values), closed(headers)
        validators[name] = (validator(values) if values else None, validator(headers))
    counts = {"signal": 0, "dead-letter": 0}
    for line in sys.stdin:
        record = json.loads(line)
        place = f"{record['topic']}-{record['partition']}@{record['offset']}"
        name = next(name for name in contracts if record["topic"].endswith(name))
        headers = {}
        for header, value in record["headers"]:
            headers[header] = None if value is None else data(value).decode("utf-8", "replace")
        if name == "assignments" and record.get("value") is None:
            # A case that is gone: nothing but its id.
            counts["tombstone"] = counts.get("tombstone", 0) + 1
            if headers or not is_case.fullmatch(data(record.get("key")) or b""):
                print(f"{place}: a tombstone has the case's id as its key, and no headers")
            continue
        kind = contracts[name][0] or "dead-letter"
        counts[kind] = counts.get(kind, 0) + 1
        values, header_values = validators[name]
        checks = [(header_values, headers)]
        if values:
            try:
                value = json.loads(data(record.get("value")) or b"")
            except ValueError as error:
                print(f"{place}: the value is no JSON: {error}")
                continue
            checks.insert(0, (values, value))
            if name in keys and isinstance(value, dict):
                for disagreement in disagreements(name, record, headers, value):
                    print(f"{place}: {disagreement}")
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
