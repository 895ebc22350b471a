// Owns the command `fuzz`: inputs through each door, in processes of their own, and what came of them.
import Console
import Foundation
import FuzzKit

let inputs = Option<Int>.integer(
  "inputs", "n", "N", "How many inputs over all targets that are named.", in: 1...Int.max, default: 100_000)
let seed = Option<Int>.integer(
  "seed", nil, "N", "The first input's seed; the others follow.", in: 0...(Int.max / 2), default: 1)
let patience = Option<Int>.integer(
  "patience", nil, "MS", "Processor time after which an input counts as hanging.", in: 10...600_000,
  default: 1_000)
let folder = Option<String>.text(
  "output", "o", "DIR", "Where the inputs of findings are kept.", default: ".build/fuzz")
let file = Option<String?>.text(
  "input", nil, "FILE", "Repeat one kept input; name its target.", completion: .file)
let names = FuzzTargets.all.map { $0.name }

let root = Command(
  "fuzz", "mutated and random inputs through every door that takes bytes from outside",
  details: [
    "Each input is made from its seed alone and tried in a child process, so that a trap ends the child and is reported "
      + "with its seed; the input is kept as a file. An input must be decoded or refused with a code and a reason, and the "
      + "laws of its target must hold. A child that works on one input for longer than the patience is ended and the "
      + "input counts as hanging.",
    FuzzTargets.all.map { "\($0.name): \($0.summary)." }.joined(separator: " "),
    "Exit code 0: nothing found.",
  ],
  options: [
    OptionGroup("Options", [inputs.spec, seed.spec, patience.spec, folder.spec, file.spec])
  ],
  positionals: [Positional("TARGET", "What to try; without it, all of them.", .any, allowed: names)],
  examples: [
    Example("Tests/Fuzzing/run --inputs 1000000", "A million inputs, shared out over all targets."),
    Example("Tests/Fuzzing/run decode --seed 4711 --inputs 1", "Repeats the input of one seed and keeps it."),
    Example("Tests/Fuzzing/run decode --input .build/fuzz/decode-4711.input", "Repeats a kept input."),
  ],
  body: { invocation, terminal in
    let targets = FuzzTargets.all.filter {
      invocation.arguments.isEmpty || invocation.arguments.contains($0.name)
    }
    let fuzzer = Fuzzer(
      patience: Double(invocation[patience]) / 1000, folder: URL(fileURLWithPath: invocation[folder]))
    var report = FuzzReport(terminal.out)
    if let path = invocation[file] {
      guard targets.count == 1, let target = targets.first else {
        throw Failure("--input needs the one target that the file is an input of", code: .usage)
      }
      report.show(fuzzer.repeats(path, target))
      return report.isClean ? .success : .negative
    }
    let shares = targets.reduce(0) { $0 + $1.share }
    for target in targets {
      let count = max(
        1, invocation[inputs] / shares * target.share + invocation[inputs] % shares * target.share / shares)
      report.show(fuzzer.run(target, seeds: UInt64(invocation[seed])..<UInt64(invocation[seed] + count)))
    }
    report.sum()
    return report.isClean ? .success : .negative
  })

let words = Array(CommandLine.arguments.dropFirst())
if words.first == FuzzChild.word { exit(FuzzChild.run(Array(words.dropFirst()))) }
let terminal = Terminal.standard()
let code = Application(root: root, environment: ProcessInfo.processInfo.environment).run(words, terminal)
terminal.flush()
exit(code.rawValue)
