// Owns how the answer to a remedy reads: the word, what fails and what would pass, who can say yes, what was answered, and
// what happens next.
import Console
import Delegation
import Events
import Policy
import Roles

extension RemedyText {
  func printAnswer() {
    let answer = told.answer
    let style: Style = answer.answer == "approved" ? .green : answer.answer == "referred" ? .cyan : .yellow
    margin.line("answer", margin.stream.styled(answer.answer, style, .bold))
    if answer.failed.isEmpty, !answer.text.isEmpty {
      margin.wrapped("", answer.text + (told.claim?.grantAt.map { " · \($0)" } ?? ""))
    }
    for failure in answer.failed {
      margin.wrapped("fails", failure.text + (failure.at.isEmpty ? "" : " · \(failure.at)"))
    }
    for passing in answer.passes where passing.amount > 0 {
      let when = passing.from.map { "from \(Clock.short($0.milliseconds, from: remedy.at))" } ?? "now"
      margin.wrapped("passes", "\(Currency.text(passing.amount, told.amount.currency)) \(when)")
    }
    for (number, approver) in answer.canSayYes.enumerated() {
      margin.wrapped(number == 0 ? "can say" : "", text(approver))
    }
    printDecided()
    printNext()
  }

  /// What the roles answered, where that is known: an explanation that comes to something else says so.
  private func printDecided() {
    guard let decided = remedy.decided else { return }
    let word = decided.answer.wire.string
    let when = "\(word) \(Clock.short(decided.at, from: remedy.at)) · \(decided.id)"
    let isSame = word == told.answer.answer && decided.reason.code == told.answer.code
    guard !isSame else { return margin.wrapped("answered", when) }
    margin.wrapped(
      "answered",
      "\(when) · \(decided.reason.text): not what this explanation comes to; the policy, or what is known of the case, "
        + "is not what it was then", .yellow)
  }

  private func text(_ approver: ExplainedAnswer.Approver) -> String {
    var text = "yes: \(approver.role)"
    if !approver.people.isEmpty { text += ": \(approver.people.joined(separator: ", ")) now" }
    if let duty = approver.dutyAt { text += ", on duty \(Clock.short(duty.milliseconds, from: remedy.at))" }
    return text
  }

  /// What happens if nobody moves.
  private func printNext() {
    guard let end = told.answer.expiresAt else { return }
    let time = Clock.short(end.milliseconds, from: remedy.at)
    margin.wrapped(
      "next",
      told.answer.answer == "approved"
        ? "\(time) the approval lapses unless it is settled, and what it holds is room again"
        : "\(time) the referral expires unless somebody says yes or no; it holds nothing")
  }
}
