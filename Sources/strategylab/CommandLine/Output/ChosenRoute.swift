import LabScenarioFiles
import LabStrategies

/// Which of the routing rules of some manifests are played, and what they make of the request.
struct ChosenRoute {
  /// The object whose rules these are: `VirtualService reviews`.
  let title: String
  /// The namespace in which short names are looked up.
  let namespace: String
  /// What becomes of the request.
  let outcome: RouteOutcome

  /// The rules for a request.
  ///
  /// - Throws: ``CommandFailure`` with ``ExitStatus/invalid`` if no rules are there, or several.
  init(_ manifests: RoutingManifests, request: RequestOptions, endpoints: [String: Int]) throws {
    if !manifests.virtualServices.isEmpty {
      let service = try Self.choose(
        "VirtualService", manifests.virtualServices, host: request.host, name: \.name,
        hosts: \.hosts)
      title = "VirtualService \(service.name)"
      namespace = service.namespace
      let gateways = service.gateways.isEmpty ? ["mesh"] : service.gateways
      let authority = service.hosts.first { !$0.hasPrefix("*") } ?? "example.com"
      outcome = service.outcome(
        for: request.request(for: authority), in: ProxyContext(gateways: gateways),
        rules: manifests.destinationRules)
    } else if !manifests.httpRoutes.isEmpty {
      let names = manifests.httpRoutes.map(\.name).joined(separator: ", ")
      let hosts = manifests.httpRoutes.flatMap(\.hostnames)
      title = "HTTPRoute \(names)"
      namespace = manifests.httpRoutes[0].namespace
      outcome = HTTPRoute.outcome(
        for: request.request(for: try Self.host(hosts, request)), among: manifests.httpRoutes)
    } else if !manifests.ingresses.isEmpty {
      let hosts = manifests.ingresses.flatMap(\.paths).map(\.host)
      let played = request.request(for: try Self.host(hosts, request))
      let meant = manifests.ingresses.filter { ingress in
        ingress.paths.contains { $0.host.isEmpty || HostName.covers($0.host, played.authority) }
      }
      let named = meant.isEmpty ? manifests.ingresses : meant
      title = "Ingress \(named.map(\.name).joined(separator: ", "))"
      namespace = named[0].namespace
      do throws(PatternError) {
        outcome = try NginxIngress.outcome(for: played, among: manifests.ingresses)
      } catch {
        throw CommandFailure(.invalid, "the pattern cannot be played: \(error.reason)")
      }
    } else {
      let service = try Self.service(manifests, host: request.host, endpoints)
      title = "Service \(service.name)"
      namespace = service.namespace
      outcome = ServiceEndpoints(
        manifests.versions(of: service.name, in: service.namespace, endpoints)
      ).outcome(service: service.name)
    }
  }

  /// The plain Service over several versions, or the only one.
  private static func service(
    _ manifests: RoutingManifests, host: String?, _ endpoints: [String: Int]
  ) throws -> RoutingManifests.Service {
    let served = manifests.services.filter {
      !manifests.versions(of: $0.name, in: $0.namespace, endpoints).isEmpty
    }
    if served.isEmpty {
      let found = manifests.found
      let what =
        found.isEmpty
        ? "there is nothing in the files"
        : "there is only \(found.prefix(10).joined(separator: ", "))"
      throw CommandFailure(
        .invalid,
        "nothing here routes requests: \(what); route reads VirtualService, HTTPRoute, Ingress, and Service with its Deployments"
      )
    }
    if host == nil {
      let several = served.filter {
        manifests.versions(of: $0.name, in: $0.namespace, endpoints).count > 1
      }
      if several.count == 1 { return several[0] }
    }
    return try choose("Service", served, host: host, name: \.name, hosts: { [$0.name] })
  }

  /// The object that a host picks, or the only one.
  private static func choose<Object>(
    _ kind: String, _ objects: [Object], host: String?, name: (Object) -> String,
    hosts: (Object) -> [String]
  ) throws -> Object {
    let fitting = objects.filter { object in
      host.map { host in
        hosts(object).contains { HostName.covers($0, host) || HostName.isShort($0, of: host) }
      } ?? true
    }
    if fitting.count == 1 { return fitting[0] }
    let list = (fitting.isEmpty ? objects : fitting)
      .map { "\(name($0)) (\(hosts($0).joined(separator: ", ")))" }.joined(separator: "; ")
    if let host, fitting.isEmpty {
      throw CommandFailure(.invalid, "no \(kind) is for the host '\(host)'; there is \(list)")
    }
    throw CommandFailure(
      .invalid, "there are several \(kind)s, choose one with --host: \(list)")
  }

  /// The only host that some routes name.
  private static func host(_ hosts: [String], _ request: RequestOptions) throws -> String {
    if request.host != nil { return "" }
    var names: [String] = []
    for host in hosts where !host.isEmpty && !names.contains(host) { names.append(host) }
    if names.count > 1 {
      throw CommandFailure(
        .invalid,
        "the files name several hosts, choose one with --host: \(names.joined(separator: ", "))")
    }
    let name = names.first ?? "example.com"
    return name.hasPrefix("*.") ? "www" + name.dropFirst() : name
  }
}
