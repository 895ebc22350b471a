// Owns the way from a record on `assignments` back to an assignment, for the tools and people that read them.

/// Decodes assignments. One for each thread; an assignment is valid until the next call. Not for hot paths.
public final class AssignmentDecoder {
  private let decoder: OutputDecoder

  public init(_ limits: DecodingLimits = DecodingLimits()) { decoder = OutputDecoder(limits) }

  /// Nil (the case is gone) is refused as empty.
  public func decode(_ value: UnsafeRawBufferPointer?) throws(EventRefusal) -> Assignment {
    let object = try decoder.object(value, decoder.vocabulary.assignment)
    var assignment = Assignment()
    assignment.id = try object.required(.id, .id)
    assignment.revision = try object.requiredInteger(.revision, 1...JSONDocument.exact)
    assignment.view = try decoder.view(object)
    assignment.to = try object.text(.to, .name)
    assignment.at = try object.requiredTime(.at)
    assignment.reason = try decoder.reason(object)
    assignment.epoch = try object.requiredInteger(.epoch, 0...JSONDocument.exact)
    assignment.cause = try decoder.events.cause(object) ?? Coordinates()
    assignment.traceparent = try decoder.events.traceparent(object)
    return assignment
  }
}
