// Owns the guarantees of the made-up personal data: valid by its checksums, and found by the redactor.
import Privacy
import Testing

@testable import answerable

struct DemoPersonalDataTests {
  @Test func cardNumbersEndWithTheLuhnDigit() {
    // The worked example of ISO/IEC 7812-1.
    #expect(PersonalData.luhnDigit(of: [7, 9, 9, 2, 7, 3, 9, 8, 7, 1]) == 3)
    var chance = Chance(seed: 1)
    for _ in 0..<200 {
      let digits = PersonalData.card(&chance).utf8.map { Int($0) - 48 }
      let sum = digits.reversed().enumerated().reduce(0) { sum, entry in
        let doubled = entry.offset % 2 == 1 ? entry.element * 2 : entry.element
        return sum + (doubled > 9 ? doubled - 9 : doubled)
      }
      #expect(sum % 10 == 0)
    }
  }

  @Test func accountNumbersLeaveOneWhenDividedByNinetySeven() {
    var chance = Chance(seed: 2)
    for _ in 0..<200 {
      for iban in [PersonalData.frenchIBAN(&chance), PersonalData.germanIBAN(&chance)] {
        let turned = Array(iban.utf8.dropFirst(4)) + Array(iban.utf8.prefix(4))
        let remainder = turned.reduce(0) { rest, byte in
          byte > 57 ? (rest * 100 + Int(byte) - 55) % 97 : (rest * 10 + Int(byte) - 48) % 97
        }
        #expect(remainder == 1)
      }
    }
  }

  @Test(arguments: PersonalData.Kind.allCases, Tongue.allCases)
  func theRedactorFindsEverySentence(kind: PersonalData.Kind, tongue: Tongue) {
    var chance = Chance(seed: 3)
    var redactor = Redactor()
    for _ in 0..<100 {
      let sentence = PersonalData.sentence(kind, tongue, &chance)
      var output: [UInt8] = []
      let counts = Array(sentence.utf8).withUnsafeBytes { redactor.redact($0, into: &output) }
      #expect(counts.total == 1, "\(sentence)")
    }
  }

  @Test func noPhraseOfTheBanksIsMistakenForPersonalData() {
    var redactor = Redactor()
    for tongue in Tongue.allCases {
      for touchpoint in Touchpoint.allCases {
        for tone in Tone.allCases {
          for phrase in Phrases.about(touchpoint, tone, tongue) + Phrases.work(touchpoint, tone, tongue) {
            var output: [UInt8] = []
            let counts = Array(phrase.utf8).withUnsafeBytes { redactor.redact($0, into: &output) }
            #expect(counts.total == 0, "\(phrase)")
          }
        }
      }
    }
  }
}
