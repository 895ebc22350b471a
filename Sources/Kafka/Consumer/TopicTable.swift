// Owns the way from a record's topic handle to the index its owner knows it by.
import CRDKafka

/// The topics of a subscription, in its order.
@usableFromInline
struct TopicTable {
  /// Keeps the handles alive, so that no address is ever used for another topic.
  private var handles: [TopicHandle]
  @usableFromInline var addresses: [OpaquePointer]

  init() {
    handles = []
    addresses = []
  }

  init(_ client: Client, _ names: [String]) throws(KafkaError) {
    self.init()
    for name in names {
      let handle = try TopicHandle(client, name)
      handles.append(handle)
      addresses.append(handle.pointer)
    }
  }

  /// A handful of addresses at most: comparing them is faster than hashing. -1 for a topic that is not
  /// among them.
  @inlinable
  func index(of topic: OpaquePointer?) -> Int {
    for index in addresses.indices where addresses[index] == topic { return index }
    return -1
  }
}
