import type { V1ConfigMap, V1EndpointSlice, V1Pod, V1Service } from "@kubernetes/client-node";
import type { StackConfig } from "../../config/stackConfig";
import { count, fails, type Judgement, listOf, notKnown, ok, warning } from "./finding";
import { judgeKnown, type Known, valueOr } from "./known";

/** Label of the Service of the cluster's name servers, and of their pods. */
export const DNS_SELECTOR = "k8s-app=kube-dns";
/** Where name servers run. */
export const DNS_NAMESPACE = "kube-system";

/** Judges whether the cluster has name servers that answer. */
export function judgeNameServers(
    services: Known<readonly V1Service[]>,
    slices: Known<readonly V1EndpointSlice[]>,
): Judgement[] {
    const key = "name servers";
    return judgeKnown(services, key, ([service]) => {
        if (service === undefined) {
            return [
                warning(key, {
                    expected: `a Service with the label ${DNS_SELECTOR} in ${DNS_NAMESPACE}`,
                    got: "none",
                    next: "see how pods of this cluster resolve names: servers find each other by theirs",
                }),
            ];
        }
        const name = service.metadata?.name ?? "";
        return judgeKnown(slices, key, (all) => {
            const ready = all
                .filter(({ metadata }) => metadata?.labels?.["kubernetes.io/service-name"] === name)
                .flatMap(({ endpoints }) => endpoints ?? [])
                // What says nothing is ready.
                .filter(({ conditions }) => conditions?.ready !== false);
            return ready.length > 0
                ? [ok(key, `${name} with ${count(ready.length, "endpoint")}`)]
                : [
                      fails(key, {
                          expected: `ready endpoints of Service ${name} in ${DNS_NAMESPACE}`,
                          got: "none",
                          next: `kubectl get pods -n ${DNS_NAMESPACE} -l ${DNS_SELECTOR}`,
                      }),
                  ];
        });
    });
}

/** The domain of the cluster in the configuration of CoreDNS; `undefined` where it is not there. */
export function domainOfCorefile(config: V1ConfigMap | undefined): string | undefined {
    // The first zone of the plug-in that answers for Services; those after it are for addresses.
    return /^\s*kubernetes\s+([^\s{]+)/m
        .exec(config?.data?.["Corefile"] ?? "")?.[1]
        ?.replace(/\.$/, "");
}

/** The domain of the cluster in the configuration of a kubelet. */
export function domainOfKubelet(text: unknown): string | undefined {
    try {
        const document = (typeof text === "string" ? JSON.parse(text) : text) as {
            readonly kubeletconfig?: { readonly clusterDomain?: string };
        };
        return document.kubeletconfig?.clusterDomain;
    } catch {
        return undefined;
    }
}

/** Judges the configured domain of the cluster against its own. */
export function judgeDomain(
    { clusterDomain }: Pick<StackConfig, "clusterDomain">,
    found: Known<string | undefined>,
): Judgement[] {
    const key = "clusterDomain";
    return judgeKnown(found, key, (domain) => {
        if (domain === undefined) {
            return [notKnown(key, "neither CoreDNS nor a kubelet tells it")];
        }
        return domain === clusterDomain
            ? [ok(key, domain)]
            : [
                  fails(key, {
                      expected: `${domain}, which the cluster has`,
                      got: clusterDomain,
                      next: `set clusterDomain to ${domain}`,
                  }),
              ];
    });
}

/** Names of external listeners, and who makes them known. */
export interface ExternalNames {
    /** Names that have to be known already. */
    readonly hosts: readonly string[];
    /** Domains whose names external-dns publishes when the listeners are there. */
    readonly domains: readonly string[];
}

/** The names under which clients outside of the cluster look for brokers. */
export function externalNames({ listeners }: Pick<StackConfig, "listeners">): ExternalNames {
    return {
        hosts: listeners.flatMap((listener) =>
            listener.type === "nodePort" ? listener.advertisedHosts : [],
        ),
        domains: listeners.flatMap((listener) =>
            listener.type === "loadBalancer" ? (listener.domain ?? []) : [],
        ),
    };
}

/**
 * Judges the names of external listeners. Never as a failure: clients may know other names than this machine.
 *
 * @param unresolved Those of the hosts that do not resolve from here.
 */
export function judgeExternalNames(
    { hosts, domains }: ExternalNames,
    unresolved: readonly string[],
    pods: Known<readonly V1Pod[]>,
): Judgement[] {
    const isPublished = valueOr(pods, []).some(
        ({ metadata }) =>
            metadata?.labels?.["app.kubernetes.io/name"] === "external-dns" ||
            metadata?.labels?.["app"] === "external-dns",
    );
    return [
        ...(hosts.length === 0
            ? []
            : unresolved.length === 0
              ? [ok("advertisedHosts", `${listOf(hosts)} resolve from here`)]
              : [
                    warning("advertisedHosts", {
                        expected: "names that resolve",
                        got: `none from here for ${listOf(unresolved)}`,
                        next: "make them known where clients are",
                    }),
                ]),
        ...(domains.length === 0
            ? []
            : isPublished
              ? [ok("domain", `external-dns is there, which publishes ${listOf(domains)}`)]
              : [
                    warning("domain", {
                        expected: `external-dns, which publishes the names in ${listOf(domains)}`,
                        got: "no pod of it",
                        next: "install it, or make bootstrap and broker-N known in another way",
                    }),
                ]),
    ];
}
