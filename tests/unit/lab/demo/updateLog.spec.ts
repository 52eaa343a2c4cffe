import assert from "node:assert/strict";
import type { DiagnosticEvent, EngineEvent } from "@pulumi/pulumi/automation";
import { UpdateLog } from "../../../../lab/demo/updateLog";

const URN =
    "urn:pulumi:demo::kafka-eks::kafka-eks:index:KafkaCluster$kubernetes:apps/v1:StatefulSet::kafka";

function diagnostic(event: Partial<DiagnosticEvent>): EngineEvent {
    return {
        sequence: 1,
        timestamp: 0,
        diagnosticEvent: { urn: URN, color: "", message: "", severity: "info", ...event },
    };
}

function operation(op: string, more: object = {}): EngineEvent {
    const metadata = { op, urn: URN, ...more };
    return { sequence: 1, timestamp: 0, resourcePreEvent: { metadata } } as unknown as EngineEvent;
}

describe("UpdateLog", () => {
    let lines: string[];
    let log: UpdateLog;
    beforeEach(() => {
        lines = [];
        log = new UpdateLog((line) => lines.push(line));
    });

    it("reports what changes, and not what stays the same", () => {
        log.add(operation("same"));
        log.add(operation("refresh"));
        log.add(operation("create"));
        assert.deepEqual(lines, ["StatefulSet kafka: being created"]);
    });

    it("reports objects only, and not what holds them together", () => {
        const component = "urn:pulumi:demo::kafka-eks::kafka-eks:index:KafkaCluster::kafka";
        log.add(operation("create", { urn: component }));
        log.add(operation("create", { urn: "urn:pulumi:demo::kafka-eks::pulumi:pulumi:Stack::s" }));
        assert.deepEqual(lines, []);
    });

    it("does not call deleted what is kept", () => {
        log.add(operation("delete", { old: { retainOnDelete: true } }));
        log.add(operation("delete", { old: { retainOnDelete: false } }));
        assert.deepEqual(lines, ["StatefulSet kafka: being deleted"]);
    });

    it("reports what a resource waits for, without colours", () => {
        log.add(
            diagnostic({ message: "<{%reset%}>1/3 Pods \u001b[1mready\u001b[0m\n<{%reset%}>" }),
        );
        log.add(diagnostic({ message: "Skipping await logic" }));
        assert.deepEqual(lines, ["StatefulSet kafka: 1/3 Pods ready"]);
    });

    it("does not report warnings, such as those on the provider's version", () => {
        log.add(diagnostic({ severity: "warning", message: "using pulumi-resource-kubernetes" }));
        assert.deepEqual(lines, []);
        assert.equal(log.error(), undefined);
    });

    it("has the first error as the error", () => {
        log.add(diagnostic({ severity: "error", message: "no nodes" }));
        log.add(diagnostic({ severity: "error", urn: "", message: "update failed" }));
        assert.equal(log.error()?.message, "StatefulSet kafka: no nodes");
        assert.match(log.error()?.next ?? "", /run the demo again/);
    });

    it("leaves out the URN and general advice, and keeps the details", () => {
        const message = [
            `resource "${URN}" was not successfully created by the Kubernetes API server: too large`,
            "    * pod kafka-0: no memory",
            "This can happen when:",
            "    - Renaming a Pulumi resource",
        ].join("\n");
        log.add(diagnostic({ severity: "error", message }));
        assert.equal(
            log.error()?.message,
            "StatefulSet kafka: was not created by the Kubernetes API server: too large; pod kafka-0: no memory",
        );
    });

    it("leads around a provider that can't be downloaded", () => {
        const message = "Could not automatically download and install resource plugin 'kubernetes'";
        log.add(diagnostic({ severity: "error", urn: "", message }));
        assert.match(log.error()?.next ?? "", /npm run lab -- engine .*--engine kubectl/);
    });
});
