import assert from "node:assert/strict";
import {
    KafkaJSAggregateError,
    KafkaJSConnectionError,
    KafkaJSNumberOfRetriesExceeded,
    KafkaJSProtocolError,
} from "kafkajs";
import { TimeoutError } from "../../../../tools/cli/errors";
import { kafkaAnswer } from "../../../../tools/client/errorFields";
import { whyUnreachable } from "../../../../tools/client/socketFaults";
import { describeFault, explainFault } from "../../../../tools/client/describeFault";

/** An error as the named kind of kafkajs, some of which can't be made from outside. */
function fake(name: string, fields: object): Error {
    return Object.assign(new Error(name), { name, ...fields });
}

function protocolError(type: string): KafkaJSProtocolError {
    return new KafkaJSProtocolError(Object.assign(new Error("its sentence"), { type, code: 1 }));
}

function connectionError(message: string, code?: string): KafkaJSConnectionError {
    return new KafkaJSConnectionError(message, { broker: "b:9092", code });
}

describe("explain", () => {
    it("says what is wrong and what to do next", () => {
        const error = new TimeoutError("timed out after 3 s", "try again");
        assert.equal(explainFault(error), "timed out after 3 s. Next: try again");
    });

    it("is one line without a stack trace", () => {
        assert.equal(explainFault(new Error("first\n    at second (file.ts:1:1)")), "first");
    });

    for (const [code, reason] of [
        ["ENOTFOUND", "the name does not resolve"],
        ["ECONNREFUSED", "connection refused: nothing listens on this port"],
    ] as const) {
        it(`names the broker and the reason of ${code}`, () => {
            const { message } = describeFault(connectionError("Connection error: x", code));
            assert.equal(message, `cannot connect to broker b:9092: ${reason}`);
        });
    }

    it("tells a timeout of the connection, which has no code", () => {
        const { message } = describeFault(connectionError("Connection timeout"));
        assert.match(message, /^cannot connect to broker b:9092: no answer/);
    });

    for (const [code, sentence, reason] of [
        ["CERT_HAS_EXPIRED", "certificate has expired", "the broker's certificate has expired"],
        [
            "SELF_SIGNED_CERT_IN_CHAIN",
            "self-signed certificate in certificate chain",
            "the broker's certificate comes from a CA that this client does not trust",
        ],
        [
            "ERR_TLS_CERT_ALTNAME_INVALID",
            "Hostname/IP does not match certificate's altnames: Host: b. is not in the cert's altnames: DNS:a, DNS:c",
            "the broker's certificate is not for this name: it is for DNS:a, DNS:c",
        ],
        [
            "ERR_TLS_CERT_ALTNAME_INVALID",
            "Hostname/IP does not match certificate's altnames: IP: 127.0.0.1 is not in the cert's list: ",
            "the broker's certificate is not for this name: it is for no address",
        ],
        [
            "ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED",
            "error:0A00045C:SSL routines::tlsv13 alert certificate required",
            "the broker wants a client certificate that it trusts (alert certificate required)",
        ],
        [
            "ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION",
            "error:0A00042E:SSL routines::tlsv1 alert protocol version",
            "the broker ended the TLS handshake (alert protocol version)",
        ],
    ] as const) {
        it(`says in words what ${code} means: ${reason}`, () => {
            const { message, next } = describeFault(
                connectionError(`Connection error: ${sentence}`, code),
            );
            assert.equal(message, `cannot connect to broker b:9092: ${reason}`);
            assert.ok(next);
        });
    }

    it("keeps the reason of the tunnel", () => {
        const error = connectionError("Connection error: there is no such pod", "ETUNNEL");
        assert.equal(
            describeFault(error).message,
            "cannot connect to broker b:9092: there is no such pod",
        );
    });

    it("finds the cause under kafkajs's retries", () => {
        const cause = connectionError("Connection error: x", "ENOTFOUND");
        const error = new KafkaJSNumberOfRetriesExceeded(cause, { retryCount: 5, retryTime: 1 });
        assert.match(
            explainFault(error),
            /^cannot connect to broker b:9092: the name does not resolve/,
        );
    });

    it("explains an answer of Kafka with its name", () => {
        assert.equal(
            explainFault(protocolError("NOT_ENOUGH_REPLICAS")),
            "Kafka answered NOT_ENOUGH_REPLICAS: fewer replicas are in sync than " +
                "min.insync.replicas asks for. Next: run npm run health to see which brokers are missing",
        );
    });

    it("passes on the sentence of an answer it doesn't know", () => {
        const { message } = describeFault(protocolError("SOMETHING_NEW"));
        assert.equal(message, "Kafka answered SOMETHING_NEW: its sentence");
    });

    it("takes the first of several errors", () => {
        const error = new KafkaJSAggregateError("several", [protocolError("TOPIC_ALREADY_EXISTS")]);
        assert.equal(kafkaAnswer(error), "TOPIC_ALREADY_EXISTS");
    });

    it("names a broker that closes the connection or does not answer", () => {
        const closed = fake("KafkaJSConnectionClosedError", { broker: "b:1" });
        assert.match(explainFault(closed), /^broker b:1 closed the connection\. Next: /);
        const slow = fake("KafkaJSRequestTimeoutError", { broker: "b:1" });
        assert.match(explainFault(slow), /^broker b:1 did not answer in time\. Next: /);
    });

    it("finds the sentence in an error of the Kubernetes API", () => {
        const body = JSON.stringify({ message: 'pods is forbidden: User "x" cannot list' });
        const error = fake("Error", { code: 403, body });
        assert.equal(
            explainFault(error),
            'Kubernetes answered 403: pods is forbidden: User "x" cannot list',
        );
    });

    it("names the status of an answer without a body", () => {
        const error = fake("Error", {
            code: 401,
            message: "HTTP-Code: 401\nMessage: Unauthorized",
        });
        assert.equal(explainFault(error), "Kubernetes answered 401: Unauthorized");
    });

    it("does not take the exit code of a process for an answer of Kubernetes", () => {
        const error = Object.assign(new Error("Command failed: pulumi preview"), { code: 7 });
        assert.equal(explainFault(error), "Command failed: pulumi preview");
    });

    it("finds the reason why a request to the API server failed", () => {
        const cause = fake("Error", { code: "ECONNREFUSED" });
        assert.match(explainFault(new TypeError("fetch failed", { cause })), /^connection refused/);
    });

    it("finds the error in an event of a WebSocket", () => {
        const message = "Unexpected server response: 502";
        assert.equal(explainFault({ type: "error", message, error: new Error(message) }), message);
    });
});

describe("whyUnreachable", () => {
    it("keeps what it doesn't know", () => {
        assert.equal(whyUnreachable(new Error("odd\nmore")), "odd");
    });
});
