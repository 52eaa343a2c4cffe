import assert from "node:assert/strict";
import {
    accepts,
    BadCase,
    INTERNAL,
    Keys,
    listeners,
    load,
    NODE_PORT,
    refuses,
    STATEFULSET,
    STRIMZI,
} from "./cases";

const certificates = (value: unknown) => ({ certificates: value });
const FILES = {
    source: "files",
    certificateFile: "brokers.crt",
    keyFile: "brokers.key",
    caFile: "ca.crt",
};
const MUTUAL = { ...INTERNAL, tls: true, authentication: { type: "tls" } };
const NONE = certificates({ source: "none" });
const EXTERNAL = { name: "external", port: 9095, type: "loadBalancer" };

const BAD_CASES: Readonly<Record<string, readonly BadCase[]>> = {
    "sources that are none": [
        [
            certificates({ source: "vault" }),
            "certificates.source",
            '"cert-manager" or "files" or "none"',
            '"vault"',
        ],
        [
            certificates({ ...FILES, keyFile: "" }),
            "certificates.keyFile",
            "the path of a PEM file",
            '""',
        ],
        [
            certificates({ installCertManager: "no" }),
            "certificates.installCertManager",
            "true or false",
            '"no"',
        ],
        [
            certificates({ issuer: { name: "Company" } }),
            "certificates.issuer.name",
            "a DNS name in lower case",
            '"Company"',
        ],
        [
            certificates({ ...FILES, issuer: { name: "company" } }),
            "certificates.issuer",
            "nothing with this source: only another source has this key",
            "a value",
        ],
    ],
    "what takes certificates where there are none": [
        [
            { ...NONE, ...listeners({ ...INTERNAL, tls: true }) },
            "listeners[0].tls",
            'false with certificates.source "none"',
            "true",
        ],
        [
            { ...NONE, ...listeners(INTERNAL, EXTERNAL) },
            "listeners[1].tls",
            'false, and allowInsecure true, with certificates.source "none"',
            "true",
        ],
        [
            {
                ...NONE,
                ...listeners({ ...INTERNAL, authentication: { type: "scram-sha-512" } }),
            },
            "listeners[0].authentication",
            'nothing with certificates.source "none": authorization requires TLS between brokers',
            '{"type":"scram-sha-512"}',
        ],
    ],
    "clients' certificates of CAs that nobody knows": [
        [
            { ...certificates(FILES), ...listeners(MUTUAL) },
            "certificates.clientsCaFile",
            'the CAs of the clients\' certificates, for the listener with authentication of type "tls"',
            "nothing",
        ],
    ],
};

const ENCRYPTED: Readonly<Record<string, readonly BadCase[]>> = {
    "clients outside the cluster who send everything in the clear, unless it is said": [
        [
            listeners(INTERNAL, { ...NODE_PORT, tls: false }),
            "listeners[1].tls",
            "true, or allowInsecure true: clients outside the cluster would send everything in the clear",
            "false",
        ],
        [
            listeners(INTERNAL, { ...EXTERNAL, tls: false }),
            "listeners[1].tls",
            "true, or allowInsecure true: clients outside the cluster would send everything in the clear",
            "false",
        ],
        [
            listeners(INTERNAL, { ...NODE_PORT, allowInsecure: true }),
            "listeners[1].allowInsecure",
            "nothing with tls true, which encrypts what clients send",
            "true",
        ],
        [
            listeners({ ...INTERNAL, allowInsecure: true }),
            "listeners[0].allowInsecure",
            "nothing with this type: only another type has this key",
            "a value",
        ],
    ],
};

describe("certificates of the configuration", () => {
    refuses(STATEFULSET, BAD_CASES);
    refuses(STRIMZI, {
        "them with Strimzi": [
            [
                NONE,
                "certificates",
                'nothing with kafkaDeploymentType "strimzi": the operator has its own CAs there',
                "an object",
            ],
        ],
    });
    describe("with StatefulSets", () => refuses(STATEFULSET, ENCRYPTED));
    describe("with Strimzi", () => refuses(STRIMZI, ENCRYPTED));

    const insecure = listeners(INTERNAL, { ...NODE_PORT, tls: false, allowInsecure: true });
    accepts(STATEFULSET, {
        "given files": { ...certificates(FILES), ...listeners(INTERNAL, NODE_PORT) },
        "given files with the clients' CAs": {
            ...certificates({ ...FILES, clientsCaFile: "clients.crt" }),
            ...listeners(MUTUAL),
        },
        "nothing encrypted, where it is said": { ...NONE, ...insecure },
        "a listener that is not encrypted beside certificates, where it is said": insecure,
    });

    for (const [what, given, complete] of [
        ["nothing", undefined, { source: "cert-manager", installCertManager: true }],
        [
            "an issuer in the namespace",
            { issuer: { name: "company" } },
            {
                source: "cert-manager",
                installCertManager: true,
                issuer: { name: "company", kind: "Issuer", group: "cert-manager.io" },
            },
        ],
        ["files", FILES, FILES],
    ] as const) {
        it(`are complete with ${what}`, () => {
            const keys: Keys = given === undefined ? {} : certificates(given);
            assert.deepEqual(load("statefulset", keys).certificates, complete);
        });
    }
});
