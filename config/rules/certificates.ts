import { type ConfigProblem, show } from "../problems";
import type { ParsedConfig } from "../schema";

/** What the certificates' source can't provide. */
export function certificateConflicts(config: ParsedConfig): ConfigProblem[] {
    const { kafkaDeploymentType, certificates, listeners = [] } = config;
    if (kafkaDeploymentType !== "statefulset" || certificates === undefined) {
        return [];
    }
    const problems: ConfigProblem[] = [];
    if (certificates.source === "none") {
        listeners.forEach((listener, index) => {
            if (listener?.tls === true) {
                const expected =
                    listener.type === "internal"
                        ? 'false with certificates.source "none"'
                        : 'false, and allowInsecure true, with certificates.source "none"';
                problems.push({ key: `listeners[${index}].tls`, expected, given: "true" });
            }
            if (listener?.authentication !== undefined) {
                problems.push({
                    key: `listeners[${index}].authentication`,
                    expected:
                        'nothing with certificates.source "none": authorization requires TLS between brokers',
                    given: show(listener.authentication),
                });
            }
        });
    }
    if (
        certificates.source === "files" &&
        certificates.clientsCaFile === undefined &&
        listeners.some((listener) => listener?.authentication?.type === "tls")
    ) {
        problems.push({
            key: "certificates.clientsCaFile",
            expected:
                'the CAs of the clients\' certificates, for the listener with authentication of type "tls"',
            given: "nothing",
        });
    }
    return problems;
}
