// Owns the slot that each attribute has among an event's facts.

/// In the order of `Attribute`, under the same names: a number instead of a word, for the hot path.
enum Fact: UInt8, CaseIterable {
  case kind, source, subjectKind, segment, value, respondent, channel, journey, touchpoint, site, siteKind
  case siteCountry, entity, service, severity, status, affected, language, labels, words
  case ratingNPS, ratingCSAT, ratingCES, ratingStars, touchpointWeight, journeyWeight

  init(_ attribute: Attribute) { self = Self.allCases[attribute.order] }
}
