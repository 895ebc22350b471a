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
  static func failure(of service: Service, _ tongue: Tongue) -> [String] {
    switch tongue {
    case .french: French.failure(of: service)
    case .english: English.failure(of: service)
    }
  }

  /// An employee about the tools and conditions of work.
  static func work(_ touchpoint: Touchpoint, _ tone: Tone, _ tongue: Tongue) -> [String] {
    switch tongue {
    case .french: French.work(touchpoint, tone)
    case .english: English.work(touchpoint, tone)
    }
  }

  /// A partner, mostly about invoices and access.
  static func partner(_ tone: Tone, _ tongue: Tongue) -> [String] {
    switch tongue {
    case .french: French.partner(tone)
    case .english: English.partner(tone)
    }
  }

  /// What follows a complaint, at times.
  static func closing(_ tone: Tone, _ tongue: Tongue) -> [String] {
    switch tongue {
    case .french: French.closing(tone)
    case .english: English.closing(tone)
    }
  }
}
