// Owns sites.yaml: where customers are, and which team notices what happens there.
import Foundation

struct SiteDraft: Sendable {
  var id: Located<String>
  var name: Located<String>?
  var kind: Located<String>?
  var country: Located<String>?
  var zone: Located<String>?
  var witness: Located<String>?
}

enum SitesFile: PolicyFile {
  static let name = "sites.yaml"
  static let isRequired = false
  static let defaultKind = "site"
  static let defaultZone = "UTC"
  private static let zones = Set(TimeZone.knownTimeZoneIdentifiers + ["UTC"])
  private static let fields = ["name", "kind", "country", "zone", "witness"]

  static func parse(_ root: Cursor, into draft: inout PolicyDraft, _ context: ParseContext) {
    let findings = context.findings
    guard let sites = root.fields(["sites"], required: ["sites"], findings)?["sites"],
      let entries = sites.entries(findings)
    else {
      draft.unread.insert(name)
      return
    }
    for (id, cursor) in entries {
      let fields = cursor.fields(fields, findings) ?? [:]
      draft.sites.append(
        SiteDraft(
          id: id,
          name: fields["name"]?.text(findings),
          kind: fields["kind"]?.text(findings),
          country: fields["country"]?.text(findings),
          zone: fields["zone"]?.text(findings),
          witness: fields["witness"]?.text(findings)))
    }
  }

  static func fillDefaults(_ draft: inout PolicyDraft) {
    for index in draft.sites.indices {
      let id = draft.sites[index].id
      if draft.sites[index].name == nil { draft.sites[index].name = id }
      if draft.sites[index].kind == nil { draft.sites[index].kind = Located(defaultKind, at: id.place) }
      if draft.sites[index].zone == nil { draft.sites[index].zone = Located(defaultZone, at: id.place) }
    }
  }

  static func validate(_ draft: PolicyDraft, _ findings: Findings) {
    for site in draft.sites {
      Checks.identifier(site.id, findings)
      if let kind = site.kind { Checks.identifier(kind, findings) }
      if let country = site.country {
        let capitals = UInt8(ascii: "A")...UInt8(ascii: "Z")
        if country.value.utf8.count != 2 || !country.value.utf8.allSatisfy(capitals.contains) {
          findings.error(
            country.place,
            "\"\(country.value)\" is not a country; allowed: the two capital letters of ISO 3166, such as FR")
        }
      }
      if let zone = site.zone, !zones.contains(zone.value) {
        findings.error(
          zone.place,
          "unknown time zone \"\(zone.value)\"\(Suggestion.didYouMean(zone.value, among: zones)); allowed: the names of the IANA database, such as Europe/Paris"
        )
      }
    }
  }

  static func crossCheck(_ draft: PolicyDraft, _ findings: Findings) {
    let teams = draft.teamIDs
    for site in draft.sites {
      if let witness = site.witness { Checks.known("team", witness, among: teams, findings) }
    }
  }
}
