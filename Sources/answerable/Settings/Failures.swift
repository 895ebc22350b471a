// Owns how errors of the layers below end a command: one line, advice where there is some, and the exit code.
import Console
import Kafka
import Policy
import Privacy
import Roles

enum Failures {
  /// A body whose errors are told in the words of a command line.
  static func told(_ body: @escaping Command.Body) -> Command.Body {
    { invocation, terminal in
      do {
        return try body(invocation, terminal)
      } catch {
        throw failure(error)
      }
    }
  }

  static func failure(_ error: any Error) -> any Error {
    switch error {
    case let error as KafkaError: failure(error)
    case let error as LayoutError: Failure(error.description, code: .configuration)
    case let error as PolicyRecordError: Failure(error.description, code: .configuration)
    case let error as ConfigurationError: Failure(error.description, code: .configuration)
    case let error as TheatreError: Failure(error.description, code: .software)
    case let error as PrivacyError:
      Failure(
        error.description, advice: "Make a secret with: openssl rand -hex 32", code: .configuration)
    default: error
    }
  }

  private static let unreachable: Set<KafkaError.Code> = [
    .transport, .allBrokersDown, .resolve, .timedOut, .requestTimedOut, .waitForCoordinator,
    .coordinatorNotAvailable, .coordinatorLoading, .brokerNotAvailable, .networkException,
  ]

  private static func failure(_ error: KafkaError) -> Failure {
    if error.isAuthorization {
      return Failure(
        error.description, advice: "`answerable topics acls` prints what each role needs.",
        code: .noPermission)
    }
    if unreachable.contains(error.code) {
      return Failure(
        error.description,
        advice:
          "Is Kafka up at the brokers given (--brokers, ANSWERABLE_BROKERS)? `Deploy/kafka up` starts one; "
          + "--verbose shows the attempts.", code: .unavailable)
    }
    switch error.code {
    case .unknownTopicOrPartition, .unknownTopic, .unknownPartition:
      return Failure(
        error.description, advice: "`answerable topics apply` creates what is missing (mind --prefix).",
        code: .configuration)
    case .nonEmptyGroup, .unknownMember:
      return Failure(
        error.description, advice: "Stop the workers of this deployment first: they hold the group.",
        code: .configuration)
    default:
      return Failure(error.description, code: error.errorClass == .retriable ? .unavailable : .software)
    }
  }
}
