// Owns the metrics of the process and of the build. The names beginning with `process_` are those of Prometheus'
// own client libraries.

extension Metric {
  static let build = Metric(
    "answerable_build_info", .gauge, ["version", "librdkafka"], "Always 1; the versions are its labels.")
  static let ready = Metric("answerable_ready", .gauge, "1 when /ready says so.")
  static let live = Metric("answerable_live", .gauge, "1 when /live says so.")
  static let cpu = Metric(
    "process_cpu_seconds_total", .counter, "Processor time of all threads, user and system.")
  static let resident = Metric("process_resident_memory_bytes", .gauge, "Memory in RAM.")
  static let virtual = Metric("process_virtual_memory_bytes", .gauge, "Memory mapped.")
  static let started = Metric(
    "process_start_time_seconds", .gauge,
    "When the process started, since 1970; time() minus this is its uptime.")
  static let openFiles = Metric("process_open_fds", .gauge, "Files and sockets open.")
  static let fileLimit = Metric("process_max_fds", .gauge, "Files and sockets that may be open.")
  static let threads = Metric("process_threads", .gauge, "Threads of the process.")

  private init(_ name: String, _ kind: Kind, _ help: String) { self.init(name, kind, [], help) }
}

extension MetricsText {
  mutating func write(_ usage: ProcessUsage) {
    write(.cpu, [Sample([], .number(usage.cpuSeconds))])
    write(.resident, [Sample([], usage.residentBytes)])
    write(.virtual, [Sample([], usage.virtualBytes)])
    write(.started, [Sample([], .number(usage.startTime))])
    write(.openFiles, [Sample([], usage.openFiles)])
    write(.fileLimit, [Sample([], usage.openFilesLimit)])
    write(.threads, [Sample([], usage.threads)])
  }
}
