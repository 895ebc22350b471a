// Owns how a suite's file is read: its cases, or all mistakes at once, each with its place.
import Console
import Events
import Policy

enum SuiteReader {
  /// The suite's head: its name, and the policy that it asks for. Nil when the file is no YAML or no suite.
  static func head(_ file: String, _ text: [UInt8], _ findings: Findings) -> (suite: Suite, cases: Cursor)? {
    guard String(validating: text, as: UTF8.self) != nil else {
      findings.error(
        Policy.Place(file: file), "holds a character that is not UTF-8: save the file with that encoding")
      return nil
    }
    guard let node = YAMLReader.read(text, file: file, findings: findings),
      let fields = Cursor(node, file: file).fields(
        ["suite", "policy", "cases"], required: ["suite", "cases"], findings),
      let cases = fields["cases"]
    else { return nil }
    return (
      Suite(
        file: file, name: fields["suite"]?.text(findings)?.value ?? file,
        policy: fields["policy"]?.text(findings)?.value),
      cases
    )
  }

  /// The cases, checked against the policy that they are about.
  static func cases(_ cursor: Cursor, _ policy: PolicyDocument, _ findings: Findings) -> [SuiteCase] {
    var cases: [SuiteCase] = []
    for item in cursor.list(findings) ?? [] {
      guard
        let fields = item.fields(
          ["name", "given", "expect"], required: ["name", "given", "expect"], findings)
      else { continue }
      let name = fields["name"]?.text(findings)
      if let name, let other = cases.first(where: { $0.name == name.value }) {
        findings.error(name.place, "there is a case of that name already (line \(other.place.line))")
      }
      var reader = GivenReader(findings, policy)
      for event in fields["given"]?.list(findings) ?? [] { reader.read(event) }
      let origin = reader.origin ?? Moment.usualStart
      checkNames(reader.given, findings)
      let expectations = ExpectationReader(
        findings: findings, policy: policy, origin: origin, names: reader.given.map(\.name))
      cases.append(
        SuiteCase(
          name: name?.value ?? "", place: item.place, origin: origin, given: reader.given,
          expectations: (fields["expect"]?.list(findings) ?? []).compactMap(expectations.read)))
    }
    return cases
  }

  /// An act can name the case of what was given before it, and of nothing else.
  private static func checkNames(_ given: [Given], _ findings: Findings) {
    for (index, event) in given.enumerated() {
      guard let name = CaseNames.named(in: event.value) else { continue }
      let before = given[..<index].map(\.name)
      guard !before.contains(name) else { continue }
      findings.error(
        event.place,
        "names the case of \"\(name)\", and nothing of that name is given before it"
          + "\(Suggestion.didYouMean(name, among: before)); before it: \(Suggestion.list(before))")
    }
  }
}
