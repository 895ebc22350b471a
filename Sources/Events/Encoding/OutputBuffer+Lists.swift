// Owns the JSON of lists of objects, and of people.

extension OutputBuffer {
  /// A member with an array of objects; nothing when that is empty. The members of each begin with a comma; one at
  /// least is written of each.
  mutating func list<Item>(
    _ commaAndKey: StaticString, _ items: [Item], _ members: (inout OutputBuffer, Item) -> Void
  ) {
    if items.isEmpty { return }
    append(commaAndKey)
    var separator = UInt8(ascii: "[")
    for item in items {
      append(separator)
      separator = UInt8(ascii: ",")
      let opening = count
      members(&self, item)
      replace(at: opening, with: UInt8(ascii: "{"))
      append(UInt8(ascii: "}"))
    }
    append(UInt8(ascii: "]"))
  }

  mutating func people(_ people: [Escalation.Person]) {
    list(",\"people\":", people) { buffer, person in buffer.members(of: person) }
  }

  mutating func members(of person: Escalation.Person) {
    member(",\"id\":", person.id)
    member(",\"role\":", person.role)
    member(",\"team\":", person.team)
    member(",\"standsInFor\":", person.standsInFor)
  }
}
