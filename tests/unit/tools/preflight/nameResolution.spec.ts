import assert from "node:assert/strict";
import type { V1EndpointSlice } from "@kubernetes/client-node";
import {
    domainOfCorefile,
    domainOfKubelet,
    externalNames,
    judgeDomain,
    judgeExternalNames,
    judgeNameServers,
} from "../../../../tools/preflight/nameResolution";
import { configOf, outcomes, pod } from "./objects";

const SERVICE = { metadata: { name: "kube-dns" } };

function slice(service: string, ...ready: (boolean | undefined)[]): V1EndpointSlice {
    return {
        addressType: "IPv4",
        metadata: { labels: { "kubernetes.io/service-name": service } },
        endpoints: ready.map((each) => ({ addresses: ["10.0.0.2"], conditions: { ready: each } })),
    };
}

describe("the name servers of a cluster", () => {
    const judge = (...slices: V1EndpointSlice[]) =>
        judgeNameServers({ value: [SERVICE] }, { value: slices });

    it("are ready, also where their endpoints do not say so", () => {
        assert.deepEqual(judge(slice("kube-dns", true, false), slice("kube-dns", undefined)), [
            { key: "name servers", outcome: "ok", found: "kube-dns with 2 endpoints" },
        ]);
    });

    it("fail where no endpoint is ready, whatever other Services have", () => {
        for (const slices of [[], [slice("kube-dns", false)], [slice("metrics", true)]]) {
            assert.deepEqual(judge(...slices)[0], {
                key: "name servers",
                outcome: "fails",
                found: "expected ready endpoints of Service kube-dns in kube-system, got none",
                next: "kubectl get pods -n kube-system -l k8s-app=kube-dns",
            });
        }
    });

    it("are a warning where they are none that anybody knows, and not known where nobody may look", () => {
        assert.deepEqual(outcomes(judgeNameServers({ value: [] }, { value: [] })), [
            "name servers: warning",
        ]);
        assert.deepEqual(outcomes(judgeNameServers({ unknown: "no" }, { value: [] })), [
            "name servers: unknown",
        ]);
        assert.deepEqual(outcomes(judgeNameServers({ value: [SERVICE] }, { unknown: "no" })), [
            "name servers: unknown",
        ]);
    });
});

describe("the domain of a cluster", () => {
    const COREFILES: readonly (readonly [string, string | undefined])[] = [
        [
            ".:53 {\n    errors\n    kubernetes cluster.local in-addr.arpa ip6.arpa {\n      pods insecure\n    }\n}",
            "cluster.local",
        ],
        [".:53 {\n  kubernetes kube.example.com. {\n  }\n}", "kube.example.com"],
        [".:53 {\n  kubernetes {\n  }\n}", undefined],
        [".:53 {\n  forward . 1.1.1.1\n}", undefined],
    ];
    for (const [text, domain] of COREFILES) {
        it(`is in the configuration of CoreDNS: ${domain}`, () =>
            assert.equal(domainOfCorefile({ data: { Corefile: text } }), domain));
    }

    it("is in no configuration that is not there", () => {
        assert.equal(domainOfCorefile(undefined), undefined);
        assert.equal(domainOfCorefile({ data: { other: "" } }), undefined);
    });

    it("is in the configuration of a kubelet", () => {
        const document = { kubeletconfig: { clusterDomain: "kube.local" } };
        assert.equal(domainOfKubelet(JSON.stringify(document)), "kube.local");
        assert.equal(domainOfKubelet(document), "kube.local");
        for (const other of ["404 page not found", "{}", undefined]) {
            assert.equal(domainOfKubelet(other), undefined);
        }
    });

    it("is the configured one, or fails", () => {
        const config = { clusterDomain: "cluster.local" };
        assert.deepEqual(outcomes(judgeDomain(config, { value: "cluster.local" })), [
            "clusterDomain: ok",
        ]);
        assert.deepEqual(judgeDomain(config, { value: "kube.local" }), [
            {
                key: "clusterDomain",
                outcome: "fails",
                found: "expected kube.local, which the cluster has, got cluster.local",
                next: "set clusterDomain to kube.local",
            },
        ]);
        assert.deepEqual(outcomes(judgeDomain(config, { value: undefined })), [
            "clusterDomain: unknown",
        ]);
        assert.deepEqual(outcomes(judgeDomain(config, { unknown: "no" })), [
            "clusterDomain: unknown",
        ]);
    });
});

describe("the names of external listeners", () => {
    const INTERNAL = { name: "internal", port: 9092, type: "internal" };
    const NODES = {
        name: "nodes",
        port: 9095,
        type: "nodePort",
        basePort: 31000,
        advertisedHosts: ["node.example.com"],
    };
    const BALANCER = {
        name: "external",
        port: 9094,
        type: "loadBalancer",
        domain: "kafka.example.com",
    };

    it("are those of nodes, and domains that somebody publishes", () => {
        assert.deepEqual(externalNames(configOf({ listeners: [INTERNAL, NODES, BALANCER] })), {
            hosts: ["node.example.com"],
            domains: ["kafka.example.com"],
        });
        assert.deepEqual(externalNames(configOf({})), { hosts: [], domains: [] });
    });

    it("are never more than a warning", () => {
        const hosts = { hosts: ["a", "b"], domains: [] };
        assert.deepEqual(judgeExternalNames(hosts, [], { value: [] }), [
            { key: "advertisedHosts", outcome: "ok", found: "a, b resolve from here" },
        ]);
        const [found] = judgeExternalNames(hosts, ["b"], { value: [] });
        assert.deepEqual(
            [found!.outcome, found!.found],
            ["warning", "expected names that resolve, got none from here for b"],
        );
    });

    it("of a domain are published by external-dns", () => {
        const domains = { hosts: [], domains: ["kafka.example.com"] };
        assert.deepEqual(outcomes(judgeExternalNames(domains, [], { value: [] })), [
            "domain: warning",
        ]);
        const publisher = pod("dns", "node-a", {
            labels: { "app.kubernetes.io/name": "external-dns" },
        });
        assert.deepEqual(outcomes(judgeExternalNames(domains, [], { value: [publisher] })), [
            "domain: ok",
        ]);
    });
});
