// Owns the changes that know nothing of a format: bits, ranges, splices, tokens, numbers, characters.

/// Changes bytes, a little each time.
struct ByteMutator {
  /// Pieces of the format at hand, put in anywhere.
  let tokens: [[UInt8]]
  /// What is this long is not changed further.
  var largest = 1 << 16

  init(tokens: [String]) { self.tokens = tokens.map { Array($0.utf8) } }

  /// One to six changes, one as often as more; `other` is what may be spliced in.
  func mutate(_ bytes: inout [UInt8], with other: [UInt8], _ random: inout FuzzRandom) {
    let count = random.once(in: 2) ? 1 : 1 + random.below(6)
    for _ in 0..<count where bytes.count < largest { change(&bytes, other, &random) }
  }

  private func change(_ bytes: inout [UInt8], _ other: [UInt8], _ random: inout FuzzRandom) {
    let at = random.below(bytes.count + 1)
    let range = at..<(at + random.below(min(bytes.count - at, random.once(in: 4) ? bytes.count : 8) + 1))
    switch random.below(15) {
    case 0 where !bytes.isEmpty: bytes[random.below(bytes.count)] ^= 1 << UInt8(random.below(8))
    case 1 where !bytes.isEmpty: bytes[random.below(bytes.count)] = random.byte()
    case 2: bytes.removeSubrange(range)
    case 3: bytes.insert(contentsOf: Array(bytes[range]), at: random.below(bytes.count + 1))
    case 4: bytes.insert(contentsOf: random.pick(tokens), at: at)
    case 5: bytes.replaceSubrange(range, with: random.pick(tokens))
    case 6: bytes.removeLast(random.below(bytes.count + 1) / (random.once(in: 3) ? 1 : 8))
    case 7: splice(&bytes, at, other, &random)
    case 8: replaceNumber(&bytes, &random)
    case 9: bytes.insert(contentsOf: Array(random.pick(Edges.characters).utf8), at: at)
    case 10 where random.once(in: 3): bytes.insert(contentsOf: random.pick(Edges.invalid), at: at)
    case 11: repeatPiece(&bytes, range, &random)
    case 12: nest(&bytes, range, &random)
    case 13: bytes.replaceSubrange(range, with: range.map { _ in random.byte() })
    default: bytes.insert(random.byte(), at: at)
    }
  }

  /// The beginning of one and the end, or the middle, of another.
  private func splice(_ bytes: inout [UInt8], _ at: Int, _ other: [UInt8], _ random: inout FuzzRandom) {
    let start = random.below(other.count + 1)
    if random.once(in: 2) {
      bytes.replaceSubrange(at..., with: other[start...])
    } else {
      bytes.insert(contentsOf: other[start..<(start + random.below(other.count - start + 1))], at: at)
    }
  }

  /// A number at an edge where another one stood.
  private func replaceNumber(_ bytes: inout [UInt8], _ random: inout FuzzRandom) {
    let isDigit = { (byte: UInt8) in byte &- 0x30 < 10 }
    let from = random.below(bytes.count)
    guard let start = bytes[from...].firstIndex(where: isDigit) else { return }
    let end = bytes[start...].firstIndex { !isDigit($0) } ?? bytes.count
    bytes.replaceSubrange(start..<end, with: Array(random.pick(Edges.numbers).utf8))
  }

  private func repeatPiece(_ bytes: inout [UInt8], _ range: Range<Int>, _ random: inout FuzzRandom) {
    let piece = Array(bytes[range])
    guard !piece.isEmpty else { return }
    let most = random.once(in: 40) ? largest : 512
    let times = min(random.pick(Edges.lengths), max(0, most - bytes.count) / piece.count)
    bytes.insert(contentsOf: Array(repeatElement(piece, count: times).joined()), at: range.upperBound)
  }

  /// A passage within many brackets.
  private func nest(_ bytes: inout [UInt8], _ range: Range<Int>, _ random: inout FuzzRandom) {
    let (open, close) = random.pick([
      ("[", "]"), ("{", "}"), ("{\"a\":", "}"), ("(", ")"), ("- ", ""), ("? ", ""),
    ])
    let depth = random.pick([1, 2, 16, 31, 32, 33, 60, 63, 64, 65, 66, 200, random.once(in: 20) ? 5000 : 4])
    let inner = Array(bytes[range])
    let isClosed = !random.once(in: 4)
    bytes.replaceSubrange(
      range,
      with: Array(String(repeating: open, count: depth).utf8) + inner
        + Array(String(repeating: isClosed ? close : "", count: depth).utf8))
  }

  /// Bytes out of nothing, those of the format more often than others.
  func invent(likely: [UInt8], _ random: inout FuzzRandom) -> [UInt8] {
    let any = random.once(in: 3) ? 1 : 8
    return (0..<random.below(random.once(in: 10) ? 1000 : 80)).map { _ in
      random.once(in: any) ? random.byte() : random.pick(likely)
    }
  }
}
