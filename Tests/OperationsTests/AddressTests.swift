// Owns how addresses are written, and what stands in for those that nobody can connect to.
import Testing

@testable import Operations

struct AddressTests {
  @Test(arguments: [
    ("127.0.0.1:9464", "127.0.0.1", 9464), ("[::1]:80", "::1", 80), ("localhost:0", "localhost", 0),
    ("0.0.0.0:65535", "0.0.0.0", 65535), ("*:9464", "*", 9464), ("a-b.example:1", "a-b.example", 1),
  ])
  func anAddressIsAHostAndAPort(_ text: String, _ host: String, _ port: UInt16) {
    let address = ListenAddress(text)
    #expect(address == ListenAddress(host: host, port: port))
    #expect(address?.description == text)
  }

  @Test(arguments: [
    "", ":", ":9464", "9464", "localhost", "localhost:", "localhost:http", "localhost:65536", "localhost:-1",
    "localhost:+80", "::1:80", "[::1]", "[::1]:", "[host]:80", "a b:80", "a\n:80", "host:８０", "[::1:80",
    "x]:80",
  ])
  func anythingElseIsNone(_ text: String) {
    #expect(ListenAddress(text) == nil)
  }

  @Test func aWildcardIsReachedThroughLoopback() {
    #expect(ListenAddress(host: "0.0.0.0", port: 1).reachable.host == "127.0.0.1")
    #expect(ListenAddress(host: "::", port: 1).reachable.host == "::1")
    #expect(ListenAddress(host: "10.0.0.7", port: 1).reachable.host == "10.0.0.7")
  }
}
