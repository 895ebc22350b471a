// Owns `schemas`: the published contracts, printed or written to a folder.
import Console
import Events
import Foundation

enum SchemasCommand {
  private static let folder = Option<String?>.text(
    "dir", nil, "DIR", "Write the files there instead of printing them.", completion: .directory)

  private static let names = Schemas.all.map { String($0.name.split(separator: ".")[0]) }

  static let command = Command(
    "schemas", "print the contracts: JSON Schema for each event, AsyncAPI for all",
    details: [
      "Without a name: lists what there is. The files are those this binary decodes and encodes by; JSON Schema "
        + "2020-12 and AsyncAPI 3."
    ],
    options: [OptionGroup("Options", [folder.spec])],
    positionals: [Positional("NAME", "Which to print.", .any, allowed: names)],
    examples: [
      Example("answerable schemas signal > signal.json", "What consumers of signals validate against."),
      Example("answerable schemas --dir schemas", "Writes all of them."),
    ],
    body: { invocation, terminal in
      let wanted = Schemas.all.filter { file in
        invocation.arguments.isEmpty || invocation.arguments.contains { "\($0).json" == file.name }
      }
      if let folder = invocation[folder] {
        do {
          try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
          for file in wanted {
            try Data(file.bytes).write(to: URL(fileURLWithPath: "\(folder)/\(file.name)"))
          }
        } catch {
          throw Failure("\(folder): cannot be written: \(error.localizedDescription)", code: .io)
        }
        terminal.out.line("wrote \(wanted.count) files to \(folder)")
        return .success
      }
      guard !invocation.arguments.isEmpty else {
        for name in names { terminal.out.line(name) }
        return .success
      }
      for file in wanted {
        let text = String(decoding: file.bytes, as: UTF8.self)
        terminal.out.write(text.hasSuffix("\n") ? text : text + "\n")
      }
      return .success
    })
}
