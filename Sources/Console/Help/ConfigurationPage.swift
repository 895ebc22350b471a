// Owns the page about setting options by environment and file.

public enum ConfigurationPage {
  private static let text = [
    "An option is looked for in three places; the first that has it wins:",
    """
      command line  --secret-file answerable.secret
      environment   ANSWERABLE_SECRET_FILE=answerable.secret
      file          secret-file = answerable.secret
    """,
    "A variable's name is ANSWERABLE_ and the option's in capitals, with _ for -; help shows each in brackets. An "
      + "empty variable counts as unset. Flags take on or off; several values stand between commas.",
    "The file is answerable.conf in the current folder, or the one named by --config or ANSWERABLE_CONFIG. Its keys "
      + "are the long names of options. Mistakes in it end every command with exit code 78, each as "
      + "file:line:column.",
    """
      # answerable.conf: a comment, also after a space at the end of a line
      brokers = kafka-1:9092, kafka-2:9092
      prefix = "care."          # quotes keep spaces and #; \\" \\\\ \\n \\t work in them
      secret-file = /etc/answerable/secret
      sasl = scram-sha-512
      sasl-username = answerable
      sasl-password-file = /etc/answerable/password
      kafka.socket.keepalive.enable = true
    """,
    "Properties of the client library librdkafka are --kafka NAME=VALUE, kafka.NAME = VALUE in the file, and "
      + "ANSWERABLE_KAFKA_NAME with _ for each dot. All three add up; for the same name, the nearest wins.",
    "Secrets never stand on a command line, where everybody on the machine can read them. They come from a variable "
      + "(ANSWERABLE_SECRET, ANSWERABLE_SASL_PASSWORD …) or from a file that an option names (--secret-file, "
      + "--sasl-password-file …), whose last line feed is no part of them. A file named on the command line wins over "
      + "the variable, the variable over a file named elsewhere.",
  ]

  public static func print(to stream: TextStream) {
    for (index, paragraph) in text.enumerated() {
      if index > 0 { stream.line() }
      guard !paragraph.hasPrefix(" ") else {
        stream.line(paragraph)
        continue
      }
      for line in TextWidth.wrap(paragraph, to: min(stream.width, 100)) { stream.line(line) }
    }
  }
}
