// Owns the second opinion: python3-jsonschema, which shares no line with the decoder, run once for a batch.
import Events
import Foundation

enum IndependentValidator {
  private static let python = "/usr/bin/python3"
  static let absent = "needs python3-jsonschema (apt install python3-jsonschema), which is not installed"

  static let isPresent: Bool = {
    guard FileManager.default.isExecutableFile(atPath: python) else { return false }
    return (try? run("import jsonschema; jsonschema.Draft202012Validator", [])) != nil
  }()

  /// For each line `{"schema": name, "value": …}` whether the value is valid.
  static func verdicts(_ lines: [String]) throws -> [Bool] {
    try withFolder { folder in
      let input = folder.appending(path: "values.ndjson")
      try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: input)
      return try run(common + validate, [folder.path, input.path]).map { $0 == "1" }
    }
  }

  /// What is wrong with the published files themselves; empty when nothing. The first line counts the examples.
  static func audit() throws -> [String] {
    try withFolder { folder in try run(common + auditing, [folder.path]) }
  }

  private static func withFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "answerable-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, bytes) in Schemas.all { try Data(bytes).write(to: folder.appending(path: name)) }
    return try body(folder)
  }

  private static func run(_ script: String, _ arguments: [String]) throws -> [String] {
    let process = Process()
    process.executableURL = URL(filePath: python)
    process.arguments = ["-W", "ignore", "-c", script] + arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let text = String(decoding: bytes, as: UTF8.self)
    guard process.terminationStatus == 0 else { throw Failure(description: text) }
    return text.split(separator: "\n").map(String.init)
  }

  struct Failure: Error, CustomStringConvertible { let description: String }

  private static let common = #"""
    import datetime, json, os, re, sys
    from jsonschema import Draft202012Validator, FormatChecker, RefResolver
    folder = sys.argv[1]
    files = {n: json.load(open(os.path.join(folder, n))) for n in os.listdir(folder) if n.endswith(".json")}
    store = {f["$id"]: f for f in files.values() if "$id" in f}
    checker = FormatChecker(formats=())
    TIME = re.compile(r"(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(\.\d{1,9})?(?:[Zz]|([+-])(\d\d):(\d\d))")
    @checker.checks("date-time")
    def is_time(text):
        if not isinstance(text, str): return True
        m = TIME.fullmatch(text)
        if not m: return False
        y, mo, d, h, mi, s = (int(m.group(i)) for i in range(1, 7))
        sign = -1 if m.group(8) == "-" else 1
        offset = sign * (int(m.group(9)) * 60 + int(m.group(10))) if m.group(8) else 0
        try: day = datetime.date(y, mo, d)
        except ValueError: return False
        if h > 23 or mi > 59 or s > 60: return False
        minutes = day.toordinal() * 1440 + h * 60 + mi - offset
        first = datetime.date(1970, 1, 1).toordinal()
        last = datetime.date(9999, 12, 31).toordinal()
        if not first <= minutes // 1440 <= last: return False
        if s == 60:
            if minutes % 1440 != 1439: return False
            here = minutes // 1440
            return here == last or datetime.date.fromordinal(here + 1).day == 1
        return True
    def validator(schema, root=None):
        root = root or schema
        return Draft202012Validator(schema, format_checker=checker,
            resolver=RefResolver(root.get("$id", ""), root, store=store))

    """#

  private static let validate = #"""
    validators = {n[:-5]: validator(f) for n, f in files.items() if n != "asyncapi.json"}
    for line in open(sys.argv[2], encoding="utf-8"):
        entry = json.loads(line)
        print(1 if validators[entry["schema"]].is_valid(entry["value"]) else 0)
    """#

  private static let auditing = #"""
    faults, checked = [], 0
    def walk(name, root, node, path, is_schema):
        global checked
        if isinstance(node, list):
            for i, item in enumerate(node): walk(name, root, item, f"{path}/{i}", is_schema)
        if not isinstance(node, dict): return
        if is_schema and "examples" in node and isinstance(node["examples"], list):
            for example in node["examples"]:
                checked += 1
                for e in validator(node, root).iter_errors(example): faults.append(f"{name}{path}: {e.message}")
        for key, value in node.items():
            if is_schema and key == "properties" and "/then/" not in path + "/" and "/if/" not in path + "/" \
                    and "/else/" not in path + "/" and "anyOf" not in path:
                for field, schema in value.items():
                    if not schema.get("description"): faults.append(f"{name}{path}/{field}: no description")
                    if not schema.get("examples"): faults.append(f"{name}{path}/{field}: no examples")
            if key not in ("examples", "const", "enum", "default"): walk(name, root, value, f"{path}/{key}", is_schema)
    for name, f in files.items():
        if name == "asyncapi.json": continue
        Draft202012Validator.check_schema(f)
        for key in ("$id", "title", "description", "examples"):
            if key not in f: faults.append(f"{name}: no {key}")
        walk(name, f, f, "", True)
    doc = files["asyncapi.json"]
    def resolve(ref):
        file, _, pointer = ref.partition("#")
        node = files[os.path.basename(file)] if file else doc
        for part in pointer.split("/")[1:] if pointer else []:
            node = node[part.replace("~1", "/").replace("~0", "~")]
        return node
    def refs(node, path):
        if isinstance(node, dict):
            if "$ref" in node:
                try: resolve(node["$ref"])
                except (KeyError, TypeError): faults.append(f"asyncapi{path}: {node['$ref']} leads nowhere")
            for k, v in node.items(): refs(v, f"{path}/{k}")
        elif isinstance(node, list):
            for i, v in enumerate(node): refs(v, f"{path}/{i}")
    refs(doc, "")
    deref = lambda node: resolve(node["$ref"]) if "$ref" in node else node
    for key in ("asyncapi", "info", "channels", "operations"):
        if key not in doc: faults.append(f"asyncapi: no {key}")
    for name, message in doc["components"]["messages"].items():
        headers = deref(message["headers"])
        walk(f"asyncapi {name} headers", headers, headers, "", True)
        for example in message["examples"]:
            checked += 1
            if "payload" in message:
                schema = deref(message["payload"]["schema"])
                for e in validator(schema).iter_errors(example["payload"]): faults.append(f"{name}: {e.message}")
            for e in validator(headers).iter_errors(example["headers"]): faults.append(f"{name} headers: {e.message}")
    print(checked)
    for fault in faults: print(fault)
    """#
}
