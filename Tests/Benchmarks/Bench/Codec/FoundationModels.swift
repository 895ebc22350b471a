// Owns the contracts as Codable types: what one would write with Foundation alone.

/// Any of the four events.
struct EventModel: Codable {
  var id: String
  var occurredAt: String
  var source: String
  var subject: SubjectModel?
  var respondent: String?
  var channel: String?
  var journey: String?
  var touchpoint: String?
  var site: String?
  var entity: String?
  var rating: RatingModel?
  var text: String?
  var language: String?
  var labels: [String]?
  var service: String?
  var severity: String?
  var status: String?
  var affected: Int64?
  var title: String?
  var `case`: String?
  var actor: ActorModel?
  var act: String?
  var due: String?
  var what: String?
  var to: String?
  var reason: String?
  var `for`: String?
  var until: String?
  var evidence: String?
  var action: String?
  var amount: AmountModel?
}

struct SubjectModel: Codable {
  var kind: String
  var id: String?
  var segment: String?
  var value: Int64?
}

struct RatingModel: Codable {
  var kind: String
  var value: Double
  var scale: Double?
}

struct ActorModel: Codable {
  var id: String?
  var role: String?
  var team: String?
  var site: String?
}

struct AmountModel: Codable {
  var minor: Int64
  var currency: String
}

/// A signal.
struct SignalModel: Codable {
  struct Cause: Codable {
    var topic: String
    var partition: Int32
    var offset: Int64
  }
  struct Contribution: Codable {
    var name: String
    var points: Int32
    var because: String?
  }
  struct Body: Codable {
    var source: String
    var subject: SubjectModel?
    var respondent: String?
    var channel: String?
    var journey: String?
    var touchpoint: String?
    var site: String?
    var entity: String?
    var rating: RatingModel?
    var text: String?
    var language: String?
    var labels: [String]?
    var service: String?
    var severity: String?
    var status: String?
    var affected: Int64?
    var title: String?
    var `case`: String?
    var actor: ActorModel?
    var act: String?
    var due: String?
    var what: String?
    var to: String?
    var reason: String?
    var `for`: String?
    var until: String?
    var evidence: String?
    var action: String?
    var amount: AmountModel?
  }

  var id: String
  var causeId: String
  var cause: Cause
  var kind: String
  var subjectKey: String
  var occurredAt: String
  var owner: String?
  var worker: String?
  var witness: String?
  var priority: String?
  var score: Int32?
  var contributions: [Contribution]?
  var rule: String?
  var ruleAt: String?
  var alsoMatched: [String]?
  var epoch: Int64
  var redactions: Int32?
  var textTruncated: Bool?
  var event: Body
}
