// Owns what the words before a number say about it: a telephone, or an order, a room, an amount.

/// What the nearest telling word before a number makes of it.
enum PhoneCue {
  case phone
  /// An order, a booking, a reference, an amount: no telephone number, however it looks.
  case other
  case none

  /// How far back, in bytes, a word still speaks of the number.
  private static let reach = 28

  /// The cue before `index`, looking no further back than `floor`, nor past the end of a sentence, nor past a
  /// number that stands before the run's start: that one has used the cue up.
  static func before(_ text: TextBytes, _ index: Int, runStart: Int, floor: Int) -> PhoneCue {
    let limit = max(floor, index &- reach)
    var end = index
    while end > limit {
      let byte = text[end &- 1]
      if byte == 0x5D || byte == 0x0A || byte == 0x21 || byte == 0x3F || byte == 0x3B { return .none }
      if byte == 0x23 { return .other }  // #
      if byte == 0x2E, end < index, isSentenceEnd(text, end &- 1) { return .none }
      guard text.isWord(before: end) else {
        end &-= 1
        continue
      }
      var start = end
      while start > limit, text.isWord(before: start) {
        start &-= max(1, text.foreignLetter(before: start))
      }
      // A word cut by the limit says nothing.
      if start <= limit, start > 0, text.isWord(before: start) { return .none }
      if start < runStart, TextBytes.isDigit(text[start]) { return .none }
      let cue = cue(text, max(start, limit)..<end)
      if cue != .none { return cue }
      end = start
    }
    return .none
  }

  /// A full stop after a word of four letters or more; `tél.` and `no.` are abbreviations.
  private static func isSentenceEnd(_ text: TextBytes, _ stop: Int) -> Bool {
    var length = 0
    while length < 4, TextBytes.isLetter(text[stop &- 1 &- length]) { length &+= 1 }
    return length == 4
  }

  private static func cue(_ text: TextBytes, _ word: Range<Int>) -> PhoneCue {
    guard word.count >= 2, word.count <= 14 else { return .none }
    let lowered = String(decoding: text.bytes[word], as: UTF8.self).lowercased()
    if phoneWords.contains(lowered) { return .phone }
    return otherWords.contains(lowered) ? .other : .none
  }

  private static let phoneWords: Set<String> = [
    "phone", "telephone", "tel", "mobile", "cell", "cellphone", "whatsapp", "sms", "fax", "call", "ring",
    "text",
    "dial", "téléphone", "tél", "portable", "gsm", "appeler", "appelez", "rappeler", "rappelez", "appel",
    "joindre",
    "joignable", "telefon", "handy", "mobil", "anrufen", "rückruf", "teléfono", "telefono", "móvil",
    "cellulare",
  ]

  private static let otherWords: Set<String> = [
    "order", "booking", "reservation", "invoice", "reference", "ref", "ticket", "case", "file", "contract",
    "room", "rooms", "bill", "voucher", "tracking", "parcel", "serial", "article", "item", "customer",
    "member",
    "commande", "réservation", "facture", "référence", "réf", "dossier", "contrat", "chambre", "chambres",
    "colis", "suivi", "série", "client", "adhérent", "bon", "avoir", "siret", "siren", "tva", "vat", "rcs",
    "bestellung", "rechnung", "buchung", "zimmer", "auftrag", "vertrag", "flight", "vol", "train", "billet",
    "eur", "euro", "euros", "usd", "gbp", "chf",
  ]
}
