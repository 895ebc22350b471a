// Owns reading an event into facts: each word looked up once, each rating brought to its usual scale.
import Events

extension PolicyEvaluator {
  /// False when the event's kind is not routed.
  func gather(_ event: Event, text: ByteSlice) -> Bool {
    // Gathered aside: each change of a class's property would be checked for exclusive access.
    var facts = self.facts
    defer { self.facts = facts }
    facts.reset()
    switch event.body {
    case .feedback(let feedback):
      facts.set(.kind, policy.closedSymbols.feedback)
      gather(feedback, &facts)
      findWords(text, ByteSlice(), &facts)
    case .incident(let incident):
      facts.set(.kind, policy.closedSymbols.incident)
      gather(incident, &facts)
      findWords(text, incident.title, &facts)
    case .caseUpdate, .remedy: return false
    }
    facts.set(.source, policy.symbols.find(event.source))
    return true
  }

  private func gather(_ feedback: Feedback, _ facts: inout Facts) {
    gather(feedback.subject, &facts)
    facts.set(.respondent, policy.closedSymbols.symbol(feedback.respondent))
    facts.set(.channel, policy.symbols.find(feedback.channel))
    facts.set(.entity, policy.symbols.find(feedback.entity))
    gather(site: feedback.site, &facts)
    gather(touchpoint: feedback.touchpoint, journey: feedback.journey, &facts)
    if let rating = feedback.rating { gather(rating, &facts) }
    for label in feedback.labels { facts.addLabel(policy.symbols.find(label)) }
    gather(language: feedback.language, &facts)
  }

  private func gather(_ incident: Incident, _ facts: inout Facts) {
    if let subject = incident.subject { gather(subject, &facts) }
    facts.set(.entity, policy.symbols.find(incident.entity))
    facts.set(.service, policy.symbols.find(incident.service))
    facts.set(.severity, policy.closedSymbols.symbol(incident.severity))
    facts.set(.status, policy.closedSymbols.symbol(incident.status))
    if let affected = incident.affected { facts.set(.affected, number: Self.thousandths(affected)) }
    gather(site: incident.site, &facts)
    for label in incident.labels { facts.addLabel(policy.symbols.find(label)) }
  }

  private func gather(_ subject: Subject, _ facts: inout Facts) {
    facts.set(.subjectKind, policy.symbols.find(subject.kind))
    facts.set(.segment, policy.symbols.find(subject.segment))
    if let value = subject.value { facts.set(.value, number: Self.thousandths(value)) }
  }

  private func gather(site: ByteSlice, _ facts: inout Facts) {
    let symbol = policy.symbols.find(site)
    facts.set(.site, symbol)
    let place = policy.places[symbol]
    facts.set(.siteKind, place.siteKind)
    facts.set(.siteCountry, place.siteCountry)
  }

  /// The journey is the one that the event names, else the touchpoint's.
  private func gather(touchpoint: ByteSlice, journey: ByteSlice, _ facts: inout Facts) {
    let symbol = policy.symbols.find(touchpoint)
    facts.set(.touchpoint, symbol)
    let place = policy.places[symbol]
    if place.touchpointWeight >= 0 { facts.set(.touchpointWeight, number: place.touchpointWeight) }
    let named = journey.isEmpty ? place.journey : policy.symbols.find(journey)
    facts.set(.journey, named)
    let weight = policy.places[named].journeyWeight
    if weight >= 0 { facts.set(.journeyWeight, number: weight) }
  }

  private func gather(_ rating: Rating, _ facts: inout Facts) {
    let value = Self.usualScale(rating)
    switch rating.kind {
    case .nps: facts.set(.ratingNPS, number: value)
    case .csat: facts.set(.ratingCSAT, number: value)
    case .ces: facts.set(.ratingCES, number: value)
    case .stars: facts.set(.ratingStars, number: value)
    }
  }

  /// A rating on the scale that policies speak of: NPS 0–10, CSAT and stars 1–5, CES 1–7, in thousandths. Other
  /// scales are stretched linearly, end to end.
  static func usualScale(_ rating: Rating) -> Int64 {
    let least: Int64 = rating.kind == .nps ? 0 : 1000
    let top: Int64 =
      switch rating.kind {
      case .nps: 10_000
      case .csat, .stars: 5_000
      case .ces: 7_000
      }
    // Bounded first, so that nothing below can overflow whatever a caller hands in.
    let scale = max(least &+ 1, min(rating.scale, 1_000_000_000))
    let value = max(least, min(rating.value, scale))
    if scale == top { return value }
    return least &+ Points.divide((value &- least) &* (top &- least), by: scale &- least)
  }

  /// A whole number as thousandths, bounded as the policy's own numbers are.
  static func thousandths(_ value: Int64) -> Int64 {
    let bound = Thousandths.largest / 1000
    return max(-bound, min(bound, value)) &* 1000
  }

  /// `fr-CH` also counts as `fr`; case makes no difference (RFC 4647 §3.3.1, basic filtering).
  private func gather(language: ByteSlice, _ facts: inout Facts) {
    guard !language.isEmpty else { return }
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 64) { tag in
      let count = min(64, language.count)
      for index in 0..<count {
        let byte = language.bytes[index]
        tag[index] = byte &- 0x41 < 26 ? byte | 0x20 : byte
        if byte == UInt8(ascii: "-") { add(tag, index, &facts) }
      }
      add(tag, count, &facts)
    }
  }

  private func add(
    _ tag: UnsafeMutableBufferPointer<UInt8>, _ count: Int, _ facts: inout Facts
  ) {
    facts.addLanguage(
      policy.symbols.find(ByteSlice(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(tag)[..<count]))))
  }

  /// One pass over the text and the title; what ends one does not run into the other.
  private func findWords(_ text: ByteSlice, _ title: ByteSlice, _ facts: inout Facts) {
    let words = policy.words
    guard !words.isEmpty, !(text.isEmpty && title.isEmpty) else { return }
    for index in 0..<2 {
      let part = index == 0 ? text : title
      if part.isEmpty { continue }
      var state = words.step(WordAutomaton.start, TextFolding.separator)
      var folder = TextFolding()
      folder.fold(part.bytes) { byte in
        state = words.step(state, byte)
        for index in words.matches(state) { facts.found(words.match(index)) }
      }
      state = words.step(state, TextFolding.separator)
      for index in words.matches(state) { facts.found(words.match(index)) }
    }
  }
}
