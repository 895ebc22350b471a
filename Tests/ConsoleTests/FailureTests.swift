// Owns how errors end a program: what is printed, where, and the exit code.
import Testing

@testable import Console

@Suite struct FailureTests {
  @Test func aFailureIsALineOfReasonAndALineOfAdvice() throws {
    let run = try Run(["broken"])
    #expect(run.err == "sample: it is broken\nRepair it.\n")
    #expect(run.out == "")
    #expect(run.code == .unavailable)
  }

  @Test func anErrorThatNobodyForesawIsAMistakeOfTheProgram() throws {
    let run = try Run(["broken", "oddly"])
    #expect(run.err == "sample: CancellationError()\n")
    #expect(run.code == .software)
  }

  @Test func aSecretNeverStandsInWhatIsPrintedOfAnInvocation() throws {
    let run = try Run(["show", "--threads", "x"], environment: ["ANSWERABLE_SECRET": "hunter22"])
    #expect(!run.err.contains("hunter22"))
  }
}
