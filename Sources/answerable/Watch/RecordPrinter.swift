// Owns how a record of any topic is printed: in words, or as JSON with its coordinates.
import Console
import Events
import Policy
import Roles

struct RecordPrinter {
  private let stream: TextStream
  private let asJSON: Bool
  private let decoder = SignalDecoder()
  private let casework = CaseworkRecordDecoder()
  private let delegations = DelegationDecoder()

  init(_ stream: TextStream, asJSON: Bool) {
    self.stream = stream
    self.asJSON = asJSON
  }

  func print(_ record: ScannedRecord, _ topic: Topic) {
    // Texts and whole numbers only: there is nothing in it that JSON could not hold.
    if asJSON { return stream.line((try? RecordJSON.text(record)) ?? "{}") }
    switch topic {
    case .signals: printSignal(record)
    case .deadLetters: printDeadLetter(record)
    case .policies: printPolicy(record)
    case .assignments, .escalations, .caseJournal: printCasework(record, topic)
    case .delegations: printDelegation(record)
    case .feedback, .incidents, .caseUpdates, .remedies, .caseworkChangelog, .claims, .delegationChangelog,
      .layout:
      printPlain(record)
    }
  }

  private func printSignal(_ record: ScannedRecord) {
    (record.value ?? []).withUnsafeBytes { bytes in
      do throws(EventRefusal) {
        SignalText(stream).print(try decoder.decode(bytes))
      } catch {
        stream.line("\(place(record))  \(stream.styled("is no signal", .red)): \(error)")
      }
    }
  }

  private func printCasework(_ record: ScannedRecord, _ topic: Topic) {
    let text = CaseworkText(stream)
    do {
      switch try casework.decode(record, of: topic) {
      case .tombstone(let caseID): text.printGone(caseID, at: record.timestamp)
      case .assignment(let entry): text.print(entry)
      case .escalation(let entry): text.print(entry)
      case .journal(let entry): text.print(entry)
      }
    } catch {
      stream.line("\(place(record))  \(stream.styled("cannot be read", .red)): \(error)")
    }
  }

  private func printDelegation(_ record: ScannedRecord) {
    do throws(UnreadableRecord) {
      DelegationText(stream).print(try DelegationEntry(record, delegations))
    } catch {
      stream.line("\(place(record))  \(stream.styled("cannot be read", .red)): \(error)")
    }
  }

  private func printDeadLetter(_ record: ScannedRecord) {
    do throws(EventRefusal) {
      DeadLetterText(stream).printLine(try DeadLetter(record))
    } catch {
      stream.line("\(place(record))  \(stream.styled("is no dead letter", .red)): \(error)")
    }
  }

  private func printPolicy(_ record: ScannedRecord) {
    guard let policy = try? PolicyRecord.decode(record.value ?? []) else { return printPlain(record) }
    let note = policy.note.isEmpty ? "" : ": \(TextWidth.printable(policy.note))"
    stream.line(
      "\(Clock.minute(record.timestamp))  policy epoch \(record.offset) (\(policy.revision.prefix(12))) by "
        + "\(TextWidth.printable(policy.by))\(note)")
  }

  private func printPlain(_ record: ScannedRecord) {
    let value = record.value.map { String(decoding: $0, as: UTF8.self) } ?? "(no value)"
    let head = "\(Clock.minute(record.timestamp))  \(place(record))  "
    let room = max(20, stream.width - TextWidth.columns(head))
    stream.line(head + TextWidth.cut(TextWidth.printable(value), to: room))
  }

  private func place(_ record: ScannedRecord) -> String { "\(record.partition)@\(record.offset)" }
}
