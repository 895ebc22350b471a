// Owns the log of `run` as machines read it: one flat object for each entry, stable words in `event`.
import Events
import Streams

struct RunLogRecord: Encodable {
  private(set) var time: String
  private(set) var event: String
  private(set) var role: String?
  private(set) var worker: Int?
  private(set) var partitions: [String]?
  private(set) var offset: Int64?
  private(set) var records: Int64?
  private(set) var tasks: Int?
  private(set) var milliseconds: Int64?
  private(set) var epoch: Int64?
  private(set) var reason: String?
  private(set) var signals: Int64?
  private(set) var deadLetters: Int64?
  private(set) var commits: Int64?
  private(set) var aborts: Int64?
  private(set) var lag: Int64?
  private(set) var brokers: [String]?
  private(set) var instance: String?
  private(set) var threads: Int?
  private(set) var roles: [String]?

  init(_ entry: RunLog.Entry, at now: Int64) {
    time = RFC3339.string(now)
    event = "note"
    switch entry {
    case .note(let text): reason = text
    case .signal(let name):
      event = "stopping"
      reason = name
    case .embedded(let brokers):
      event = "embedded"
      self.brokers = brokers
    case .starting(let roles, let threads, let instance, let brokers):
      event = "starting"
      self.roles = roles
      self.threads = threads
      self.instance = instance
      self.brokers = brokers
    case .worker(let report):
      role = report.role
      worker = report.worker
      take(report.event)
    case .throughput(let now, _, let seconds):
      event = "throughput"
      take(now)
      milliseconds = Int64(seconds) &* 1000
    case .ended(let sums):
      event = "ended"
      take(sums)
    }
  }

  private mutating func take(_ sums: Throughput) {
    records = sums.records
    signals = sums.signals
    deadLetters = sums.deadLetters
    commits = sums.commits
    aborts = sums.aborts
    lag = sums.lag
  }

  private mutating func take(_ report: RuntimeEvent) {
    switch report {
    case .state(let state):
      switch state {
      case .starting: event = "starting"
      case .waiting: event = "waiting"
      case .running: event = "ready"
      case .draining: event = "draining"
      case .stopped: event = "stopped"
      case .failed(let reason): set("failed", reason: reason)
      }
    case .joined(let group): set("joined", reason: group)
    case .assigned(let places): set("assigned", places)
    case .revoked(let places): set("revoked", places)
    case .lost(let places): set("lost", places)
    case .restored(let place, let count, let time):
      set("restored", [place])
      records = Int64(count)
      milliseconds = time
    case .running(let place, let at):
      set("running", [place])
      offset = at
    case .committed(let count, let decided, let time):
      event = "committed"
      tasks = count
      records = Int64(decided)
      milliseconds = time
    case .aborted(let cause): set("aborted", reason: cause.word)
    case .resolved(let place, let resolution): set("resolved", [place], reason: "\(resolution)")
    case .fenced(let error): set("fenced", reason: "\(error)")
    case .producerRecreated(let count):
      event = "producer-recreated"
      records = Int64(count)
    case .taskFailed(let place, let reason): set("task-failed", [place], reason: reason)
    case .taskRefused(let place, let reason): set("task-refused", [place], reason: reason)
    case .poisoned(let place, let at, let code):
      set("poisoned", [place], reason: code)
      offset = at
    case .broadcast(let number):
      event = "policy"
      epoch = number
    case .error(let error): set("error", reason: "\(error)")
    case .stuck(let time):
      event = "stuck"
      milliseconds = time
    case .unstuck: event = "unstuck"
    case .drained: event = "drained"
    }
  }

  private mutating func set(_ event: String, _ places: [TopicPartition]? = nil, reason: String? = nil) {
    self.event = event
    partitions = places?.map(\.description)
    self.reason = reason
  }
}
