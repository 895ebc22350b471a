// Owns how a mood becomes a rating and a text.
import Events

/// What somebody thinks of a moment: −100 is furious, 100 delighted.
struct Opinion: Sendable {
  var mood: Int

  var tone: Tone { mood < -20 ? .bad : mood < 35 ? .mixed : .good }

  /// The rating that goes with it, with a little noise, on the kind's own scale.
  func rating(_ kind: Rating.Kind, _ chance: inout Chance) -> Rating {
    let noisy = min(100, max(-100, mood + chance.between(-14, 14)))
    let scale = kind.defaultScale
    let lowest = kind.lowest
    // Half points for stars, whole ones else; halves are rounded up.
    let steps = kind == .stars ? 2 : 1
    let span = Int(scale - lowest) * steps
    let step = ((noisy + 100) * span + 100) / 200
    return Rating(
      kind: kind, value: lowest * 1000 + Int64(step) * 1000 / Int64(steps), scale: scale * 1000)
  }

  /// Whether somebody of that mood bothers to write words, in a thousand cases: both ends do.
  var writes: Int { mood < -40 ? 800 : mood < -10 ? 450 : mood < 45 ? 160 : 300 }

  /// A text about a touchpoint, at times with a closing and with personal data in it.
  func text(_ phrases: [String], _ tongue: Tongue, _ chance: inout Chance) -> String {
    var text = chance.pick(phrases)
    if chance.perMille(tone == .bad ? 420 : 220) { text += " " + chance.pick(Phrases.closing(tone, tongue)) }
    if tone == .bad, chance.perMille(140) {
      let kind = PersonalData.Kind.allCases[chance.weighted([4, 4, 2, 2])]
      text += " " + PersonalData.sentence(kind, tongue, &chance)
    }
    return text
  }
}
