// Owns how rules are named in what a proof says.

enum ProofWording {
  /// `rules[0] (line 6)` in the finding's own file, else `rules[5].lookup[2] (owners.csv:4)`.
  static func name(_ place: Place, in file: String) -> String {
    let path =
      place.path.firstIndex(of: ".").map { place.path[place.path.index(after: $0)...] } ?? place.path[...]
    return "\(path) (\(place.file == file ? "line \(place.line)" : "\(place.file):\(place.line)"))"
  }

  /// `a, b and c`, at most six by name.
  static func names(_ places: [Place], in file: String) -> String {
    let limit = 6
    var names = places.prefix(limit).map { name($0, in: file) }
    if places.count > limit { names.append("\(places.count - limit) more") }
    return Suggestion.list(names)
  }
}
