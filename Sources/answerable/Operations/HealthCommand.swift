// Owns `health`: asks a running process on this machine how it is; for container health checks and for people.
import Console
import Operations

enum HealthCommand {
  static let command = Command(
    "health", "ask a running process whether it is ready",
    details: [
      "Prints the one line that its page says. Exit code 0 when the answer is yes, 1 when it is no, 69 when nobody "
        + "answers. Made for health checks of containers that hold no other client."
    ],
    options: [OptionGroup("Options", [Listen.option.spec])],
    positionals: [
      Positional(
        "PAGE",
        "ready (the default): it takes part and nothing waits for a person. live: no worker has failed or is stuck.",
        .optional, allowed: ["ready", "live"])
    ],
    examples: [
      Example("answerable health", "Is the worker on this machine ready?"),
      Example("answerable health live --listen 127.0.0.1:9465", "Is the one that listens there alive?"),
    ],
    body: { invocation, terminal in
      guard case .at(let address) = invocation[Listen.option] else {
        throw UsageError(
          "--listen off: there is nobody to ask; name the address that `run` listens on",
          command: "answerable health")
      }
      do throws(ListenError) {
        let page = invocation.arguments.first ?? "ready"
        let (status, body) = try HTTPProbe.get("/\(page)", at: address)
        terminal.out.line(TextWidth.printable(String(body.prefix { !$0.isNewline })))
        return status == 200 ? .success : .negative
      } catch {
        throw Failure(error.description, code: .unavailable)
      }
    })
}
