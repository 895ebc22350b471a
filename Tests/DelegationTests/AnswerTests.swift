// Owns what is promised of answers.
import Events
import Testing

@Suite("Answers")
struct AnswerTests {
  @Test func fourAnswersEndAClaim() {
    #expect(Delegation.Answer.allCases.filter(\.isTerminal) == [.approved, .declined, .cancelled, .expired])
  }
}
