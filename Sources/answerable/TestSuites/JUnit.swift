// Owns the results of suites as CI systems read them: JUnit's XML, without times, so that the same results give the same
// bytes.
import Policy

enum JUnit {
  static func text(_ suites: [(suite: Suite, results: [SuiteCaseResult])]) -> String {
    let all = suites.flatMap(\.results)
    var text = #"<?xml version="1.0" encoding="UTF-8"?>"# + "\n"
    text += "<testsuites name=\"answerable\" \(counts(all))>\n"
    for (suite, results) in suites {
      text +=
        "  <testsuite name=\"\(escaped(suite.name))\" file=\"\(escaped(suite.file))\" \(counts(results))>\n"
      for result in results {
        text += "    <testcase classname=\"\(escaped(suite.name))\" name=\"\(escaped(result.name))\""
        text += " file=\"\(escaped(suite.file))\" line=\"\(result.place.line)\""
        guard !result.failures.isEmpty else {
          text += "/>\n"
          continue
        }
        text += ">\n"
        for failure in result.failures {
          text +=
            "      <failure message=\"\(escaped(message(failure)))\">\(escaped(body(failure)))</failure>\n"
        }
        text += "    </testcase>\n"
      }
      text += "  </testsuite>\n"
    }
    return text + "</testsuites>\n"
  }

  private static func counts(_ results: [SuiteCaseResult]) -> String {
    "tests=\"\(results.count)\" failures=\"\(results.count { !$0.failures.isEmpty })\" errors=\"0\" skipped=\"0\""
  }

  private static func message(_ failure: SuiteFailure) -> String {
    "\(failure.title): expected \(failure.expected), happened \(failure.happened)"
  }

  private static func body(_ failure: SuiteFailure) -> String {
    let place = "\(failure.place.file):\(failure.place.line):\(failure.place.column)"
    return ([place] + failure.details.map { "\($0.label) \($0.text)" }).joined(separator: "\n")
  }

  /// What XML 1.0 allows, and nothing that ends an attribute or an element.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\n", "\t": result.unicodeScalars.append(scalar)
      default:
        let isAllowed = scalar.value >= 0x20 && scalar.value != 0xFFFE && scalar.value != 0xFFFF
        result.unicodeScalars.append(isAllowed ? scalar : "\u{FFFD}")
      }
    }
    return result
  }
}
