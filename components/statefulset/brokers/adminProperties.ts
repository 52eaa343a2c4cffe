import type { BrokerSecurity } from "./brokerProperties";
import { renderProperties } from "../../kubernetes/files";
import { POD_IDENTITY } from "./listenerSecurity";

/** Client properties of the tools in the broker's own pod: its startup probe, and what has it read renewed certificates. */
export function adminProperties({ encrypted }: BrokerSecurity): string {
    return renderProperties({
        // Both are asked again soon enough.
        "default.api.timeout.ms": "10000",
        "request.timeout.ms": "5000",
        ...(encrypted && POD_IDENTITY),
    });
}
