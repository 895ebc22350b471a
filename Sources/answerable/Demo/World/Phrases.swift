// Owns which words fit a moment: by tongue, touchpoint and tone.

/// How somebody feels about what they write.
enum Tone: Sendable, CaseIterable {
  case bad, mixed, good
}

/// What people write. Every bank has at least two phrases.
enum Phrases {
  /// A guest, or somebody who came for a meeting, about a touchpoint.
  static func about(_ touchpoint: Touchpoint, _ tone: Tone, _ tongue: Tongue) -> [String] {
    switch tongue {
    case .french: French.about(touchpoint, tone)
    case .english: English.about(touchpoint, tone)
    }
  }

  /// Anybody about a service that has failed around them.
  static func failure(of outage: Outage, _ tongue: Tongue) -> [String] {
    let isLeak = outage.severity == .critical
    switch tongue {
    case .french: return French.failure(of: outage.service, isLeak: isLeak)
    case .english: return English.failure(of: outage.service, isLeak: isLeak)
    }
  }

  /// An employee about the tools and conditions of work.
  static func work(_ touchpoint: Touchpoint, _ tone: Tone, _ tongue: Tongue) -> [String] {
    switch tongue {
    case .french: French.work(touchpoint, tone)
    case .english: English.work(touchpoint, tone)
    }
  }

  /// A guest about the stay as a whole.
  static func stay(_ tone: Tone, _ tongue: Tongue) -> [String] {
    switch tongue {
    case .french: French.stay(tone)
    case .english: English.stay(tone)
    }
  }

  /// A partner about money, or about access to the building.
  static func partner(aboutMoney: Bool, _ tone: Tone, _ tongue: Tongue) -> [String] {
    switch tongue {
    case .french: aboutMoney ? French.payment(tone) : French.access(tone)
    case .english: aboutMoney ? English.payment(tone) : English.access(tone)
    }
  }

  /// What a guest who writes this ticks beside it.
  static func labels(of text: String?) -> [String] {
    guard let text = text?.lowercased() else { return [] }
    if text.contains("allerg") { return ["allergy"] }
    return text.contains("danger") ? ["safety"] : []
  }

  /// What follows a complaint, at times.
  static func closing(_ tone: Tone, _ tongue: Tongue) -> [String] {
    switch tongue {
    case .french: French.closing(tone)
    case .english: English.closing(tone)
    }
  }
}
