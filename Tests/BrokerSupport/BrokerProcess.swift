// Owns one Kafka node as a child process: its folder, its ports, its life, and its end with this process.
import Foundation
import Glibc

/// A one-node KRaft cluster. Starting blocks until it answers.
///
/// The node ends with the process that started it however that ends: a shell between the two reads a pipe that only this
/// process holds open, and kills the node when the pipe closes.
public final class BrokerProcess: @unchecked Sendable {
  // Unchecked: everything mutable is read and written under `lock`.
  private let lock = NSLock()
  private var keeper: Process?
  private var lifeline: Pipe?

  let home: String
  public let folder: URL
  let port: Int
  /// `host:port`
  public var bootstrapServers: String { "127.0.0.1:\(port)" }

  /// Starts a node of its own and blocks until it answers.
  /// - Parameter settings: makes further lines of the node's configuration; `name+=text` appends to a value.
  public convenience init(
    home: String, memory: String = "-Xmx512m", settings: (_ folder: URL) throws -> String = { _ in "" }
  ) throws {
    let ports = try Ports.free(2)
    try self.init(home: home, memory: memory, port: ports[0], controllerPort: ports[1], settings: settings)
    try start()
  }

  /// Prepares a node and its folder; `start` starts it.
  init(
    home: String, memory: String, port: Int, controllerPort: Int, settings: (_ folder: URL) throws -> String
  ) throws {
    self.home = home
    self.memory = memory
    self.port = port
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("answerable-broker-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Self.merge(configuration(port: port, controller: controllerPort), settings(folder))
      .write(to: folder.appendingPathComponent("server.properties"), atomically: true, encoding: .utf8)
    try run(
      "\(home)/bin/kafka-storage.sh",
      ["format", "-t", "MkU3OEVBNTcwNTJENDM2Qk", "-c", folder.path + "/server.properties"])
  }

  private let memory: String
  /// Tells the shell in between to leave the folder.
  private var keepMark: URL { folder.appendingPathComponent("keep") }

  /// Starts the node on its folder, again after a `kill`, and blocks until it answers.
  public func start() throws {
    try launch()
    try waitUntilAnswering()
  }

  /// Starts the node and returns at once: a node of several answers only when most of them are there.
  func launch() throws {
    lock.lock()
    defer { lock.unlock() }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = [
      "-c",
      """
      export KAFKA_HEAP_OPTS='\(memory)'
      "$1/bin/kafka-server-start.sh" "$2/server.properties" </dev/null >>"$2/broker.log" 2>&1 &
      echo $! >"$2/pid"
      cat >/dev/null
      kill -KILL "$(cat "$2/pid")" 2>/dev/null
      [ -e "$2/keep" ] || rm -rf "$2"
      """, "keeper", home, folder.path,
    ]
    let pipe = Pipe()
    process.standardInput = pipe
    // Left open in another child of this process, the pipe would keep the node alive.
    _ = fcntl(pipe.fileHandleForWriting.fileDescriptor, F_SETFD, FD_CLOEXEC)
    try? FileManager.default.removeItem(at: keepMark)
    try process.run()
    keeper = process
    lifeline = pipe
  }

  /// The node's process id.
  public var pid: pid_t? {
    (try? String(contentsOf: folder.appendingPathComponent("pid"), encoding: .utf8))
      .flatMap { pid_t($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
  }

  /// As a power cut: no goodbye, no flush. The folder stays.
  public func kill() {
    lock.lock()
    defer { lock.unlock() }
    _ = FileManager.default.createFile(atPath: keepMark.path, contents: nil)
    signal(SIGKILL)
    try? lifeline?.fileHandleForWriting.close()
    keeper?.waitUntilExit()
    keeper = nil
    lifeline = nil
  }

  /// Stops the node in the middle of whatever it does, until `thaw`. Connections stay open.
  public func freeze() { signal(SIGSTOP) }
  public func thaw() { signal(SIGCONT) }

  /// Ends the node and removes its folder.
  public func remove() {
    thaw()
    kill()
    try? FileManager.default.removeItem(at: folder)
  }

  deinit { remove() }

  private func signal(_ number: Int32) {
    if let pid { _ = Glibc.kill(pid, number) }
  }

  func waitUntilAnswering() throws {
    let deadline = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < deadline {
      if Ports.answers(port) { return }
      usleep(100_000)
    }
    throw BrokerFailure("the broker did not answer within 60 s; see \(folder.path)/broker.log")
  }

  private func run(_ executable: String, _ arguments: [String]) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: executable)
    process.arguments = arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw BrokerFailure("\(executable) \(arguments.joined(separator: " ")) failed")
    }
  }

  private static func merge(_ lines: String, _ further: String) -> String {
    var lines = lines.split(separator: "\n").map(String.init)
    for line in further.split(separator: "\n").map(String.init) {
      if let sign = line.range(of: "+="),
        let index = lines.firstIndex(where: {
          $0.hasPrefix(line[..<sign.lowerBound] + "=")
        })
      {
        lines[index] += line[sign.upperBound...]
      } else {
        lines.append(line)
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func configuration(port: Int, controller: Int) -> String {
    """
    process.roles=broker,controller
    node.id=1
    controller.quorum.voters=1@127.0.0.1:\(controller)
    listeners=PLAINTEXT://127.0.0.1:\(port),CONTROLLER://127.0.0.1:\(controller)
    advertised.listeners=PLAINTEXT://127.0.0.1:\(port)
    controller.listener.names=CONTROLLER
    listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
    log.dirs=\(folder.path)/data
    offsets.topic.replication.factor=1
    offsets.topic.num.partitions=4
    transaction.state.log.replication.factor=1
    transaction.state.log.min.isr=1
    transaction.state.log.num.partitions=4
    share.coordinator.state.topic.replication.factor=1
    share.coordinator.state.topic.min.isr=1
    group.initial.rebalance.delay.ms=0
    auto.create.topics.enable=false
    """
  }
}

public struct BrokerFailure: Error, CustomStringConvertible {
  public let description: String
  public init(_ description: String) { self.description = description }
}
