import assert from "node:assert/strict";
import fc from "fast-check";
import {
    externalServices,
    internalServices,
} from "../../../../../components/statefulset/services/services";
import { valid } from "../../validConfigs";

const MAX_LABEL = 63;
const DNS_LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

describe("Services of a valid configuration", () => {
    it("have names that differ and are DNS labels, as resources and as objects", () => {
        fc.assert(
            fc.property(valid, ({ config: { kafka, listeners } }) => {
                const services = [
                    ...internalServices(listeners),
                    ...listeners.flatMap((listener) => {
                        if (listener.type === "internal") {
                            return [];
                        }
                        const { bootstrap, brokers } = externalServices(
                            listener,
                            listeners,
                            kafka.replicas,
                        );
                        return [bootstrap, ...brokers];
                    }),
                ];
                const names = services.map(({ name }) => name);
                assert.equal(new Set(names).size, names.length);
                assert.equal(new Set(services.map(({ role }) => role)).size, names.length);
                for (const name of names) {
                    assert.match(name, DNS_LABEL);
                    assert.ok(name.length <= MAX_LABEL);
                }
                assert.equal(names.filter((name) => name === "kafka-service").length, 1);
                for (const port of services.flatMap(
                    ({ spec }) => spec.ports as { name: string }[],
                )) {
                    // What Kubernetes asks of the name of a port.
                    assert.match(port.name, /^(?=.*[a-z])[a-z0-9-]{1,15}$/);
                }
            }),
        );
    });
});
