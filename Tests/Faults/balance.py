# Owns the sums of somebody who knows nothing but the records on `delegations`: a stock client, read committed.
import json
import sys
from collections import defaultdict

from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaError, TopicPartition

TERMINAL = {"approved", "declined", "cancelled", "expired"}


def records(brokers, topic):
    consumer = Consumer({"bootstrap.servers": brokers, "group.id": "balance", "enable.auto.commit": False,
                         "isolation.level": "read_committed", "enable.partition.eof": True})
    left = set(consumer.list_topics(topic, timeout=30).topics[topic].partitions)
    consumer.assign([TopicPartition(topic, partition, OFFSET_BEGINNING) for partition in left])
    while left:
        message = consumer.poll(30)
        if message is None:
            sys.exit("the broker sent nothing for 30 s")
        if message.error() is None:
            yield json.loads(message.value())
        elif message.error().code() == KafkaError._PARTITION_EOF:
            left.discard(message.partition())
        else:
            sys.exit(str(message.error()))
    consumer.close()


def main(brokers, topic, limit, held_told, spent_told):
    wrong = []
    moments = defaultdict(list)
    terminal = defaultdict(int)
    for record in records(brokers, topic):
        # One task decides about a root, by a clock that never goes back.
        moments[record["at"]].append(record)
        if record["answer"] in TERMINAL:
            terminal[record["claim"]] += 1
    wrong += [f"{claim} has {count} terminal answers" for claim, count in terminal.items() if count > 1]
    books = defaultdict(lambda: {"room": 0, "held": 0, "spent": 0, "overdraft": 0})
    for at in sorted(moments):
        touched = set()
        for record in moments[at]:
            for movement in record.get("movements", []):
                book = books[movement["budget"]]
                book[movement["from"]] -= movement["minor"]
                book[movement["to"]] += movement["minor"]
                touched.add(movement["budget"])
        for budget in touched:
            book = books[budget]
            if sum(book.values()) != 0:
                wrong.append(f"{at}: {budget} does not add up: {book}")
            if book["held"] + book["spent"] > limit or book["held"] < 0 or book["spent"] < 0:
                wrong.append(f"{at}: {budget} is beyond its limit of {limit}: {book}")
    held, spent = (sum(book[name] for book in books.values()) for name in ("held", "spent"))
    if (held, spent) != (held_told, spent_told):
        wrong.append(f"held {held} and spent {spent}, where {held_told} and {spent_told} were told")
    print(f"by a stock client: {len(terminal)} claims with a terminal answer, {len(books)} budgets, "
          f"held {held}, spent {spent}, {len(wrong)} faults")
    for text in wrong[:10]:
        print(text)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:6])))
