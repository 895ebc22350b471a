// Owns what guests write in English.

enum English {
  static func about(_ touchpoint: Touchpoint, _ tone: Tone) -> [String] {
    switch (touchpoint, tone) {
    case (.booking, .bad):
      [
        "Booking confirmed, then cancelled without a word. I had to call three times.",
        "The price went up by 40 euros between booking and confirmation.",
        "Could not change my dates online, and nobody answers the phone.",
      ]
    case (.booking, .mixed):
      ["Easy to book, but the confirmation came a day late.", "The site works, it is just slow."]
    case (.booking, .good): ["Booked in two minutes, perfect.", "Lovely person on the phone."]
    case (.checkIn, .bad):
      [
        "One hour in the queue and the room was not ready.",
        "We were given the key to a room somebody was sleeping in.",
        "One person at the desk for a whole coach, and not a word of apology.",
        "They could not find my booking and left me standing there for twenty minutes.",
      ]
    case (.checkIn, .mixed):
      ["Friendly desk, long wait.", "Fine, though nobody told us when breakfast starts."]
    case (.checkIn, .good):
      [
        "Warm welcome although we came late, thank you.", "Room ready early, much appreciated.",
        "They remembered my daughter's birthday!",
      ]
    case (.roomComfort, .bad):
      [
        "Freezing room, the heating never came on.", "Noise all night, could not sleep.",
        "The room smelled of smoke. Unacceptable.",
        "Water is leaking through the ceiling of the bathroom and nobody comes.",
      ]
    case (.roomComfort, .mixed):
      ["Good bed, noisy air conditioning.", "Clean room, a little small for the price."]
    case (.roomComfort, .good): ["Quiet and very comfortable room.", "Best bed I have slept in for months."]
    case (.housekeeping, .bad):
      [
        "Hair in the shower and a full bin when we arrived.", "Room not cleaned for two days.",
        "Stained sheets. Disappointing at this price.",
      ]
    case (.housekeeping, .mixed):
      ["Cleaned, but they forgot the towels.", "All right, apart from the dust under the bed."]
    case (.housekeeping, .good):
      ["Spotless every single day.", "Please thank the lady who does the third floor."]
    case (.breakfast, .bad):
      [
        "Nothing left on the buffet at nine, and the coffee was cold.",
        "I told them about my nut allergy and was served a cake with nuts.",
        "Twenty minutes in line for a croissant.",
      ]
    case (.breakfast, .mixed): ["Good bread, average coffee.", "Enough choice, the room is far too loud."]
    case (.breakfast, .good):
      ["Generous breakfast, local products, well done.", "The home-made jams are a wonder."]
    case (.wifi, .bad):
      [
        "Wi-Fi unusable in the room, I missed a video call with a client.",
        "Disconnected every five minutes, impossible to work.",
      ]
    case (.wifi, .mixed):
      ["Fine in the morning, very slow in the evening.", "It works, but one has to log in again and again."]
    case (.wifi, .good):
      ["Fast Wi-Fi, nothing to complain about.", "Perfect connection even on the top floor."]
    case (.invoice, .bad):
      [
        "City tax charged twice and still no refund.",
        "Charged for a minibar I never opened. I want a refund.",
        "Third request for a corrected invoice, no answer for six days.",
        "My company rejects the invoice: the VAT number is missing.",
      ]
    case (.invoice, .mixed): ["Invoice came after a reminder.", "Wrong date, corrected quite fast."]
    case (.invoice, .good): ["Clear invoice, at once.", "Expenses sorted with one e-mail, thanks."]
    case (.checkOut, .bad):
      [
        "Half an hour in the queue to hand in a key, nearly missed my train.",
        "Nobody at the desk at six although we had announced our departure.",
      ]
    case (.checkOut, .mixed): ["Quick, but the taxi they promised never came.", "OK, nothing special."]
    case (.checkOut, .good): ["Out in a minute, perfect.", "They kept our luggage with a smile."]
    case (.meetingRoom, .bad):
      [
        "The projector never worked, a meeting lost in front of a client.",
        "We had booked the room and found it taken.", "Cold room, and the coffee never came.",
      ]
    case (.meetingRoom, .mixed):
      ["Nice room, screen too small.", "Everything was there, twenty minutes late."]
    case (.meetingRoom, .good): ["Perfect room and a caring team.", "Very good coffee break."]
    case (.lift, .bad):
      [
        "Lift out of order, six floors on foot with suitcases and a child.",
        "Stuck in the lift for ten minutes, no answer on the intercom.",
      ]
    case (.lift, .mixed): ["One lift out of two, a lot of waiting.", "Slow lift, but it runs."]
    case (.lift, .good): ["Fast lifts, handy with a pram.", "Lift repaired within the hour, hats off."]
    case (.workspace, .bad):
      ["The desk I booked was taken, and the next three too.", "Bins not emptied since Tuesday."]
    case (.workspace, .mixed): ["Good chairs, far too loud.", "Fine, if one comes before nine."]
    case (.workspace, .good): ["Quiet corner, good light.", "The new desks are a joy."]
    }
  }

  static func closing(_ tone: Tone) -> [String] {
    switch tone {
    case .bad:
      [
        "We will not come back.", "I expect an answer.", "Please call me back today.",
        "Second time this year.", "I will tell everybody.",
      ]
    case .mixed: ["Could be better.", "A pity, the rest was fine.", "Room for improvement."]
    case .good: ["See you soon!", "We will be back.", "Thanks to the whole team."]
    }
  }
}
