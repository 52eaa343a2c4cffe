import type { Change } from "../../live/gate";
import { isIn } from "../../live/isIn";
import { hasSamePorts, type ServicePort } from "./samePorts";

/** A Service as it is sent, or as it is. */
export interface AnyService {
    readonly metadata?: {
        readonly name?: string;
        readonly annotations?: Readonly<Record<string, string>>;
    };
    readonly spec?: { readonly type?: string; readonly ports?: readonly ServicePort[] };
}

/**
 * Whether clients reach a Service as they do now: at the same ports, by the same load balancer. Annotations say which one a cloud
 * makes, and its name.
 */
export function isSameService({ before, after }: Change<AnyService>, live: AnyService): boolean {
    const sent = annotationsOf(after);
    return (
        hasSamePorts(portsOf(live), portsOf(after), before && portsOf(before)) &&
        typeOf(live) === typeOf(after) &&
        isIn(annotationsOf(live), sent) &&
        Object.keys(annotationsOf(before)).every((key) => key in sent)
    );
}

function portsOf({ spec }: AnyService): readonly ServicePort[] {
    return spec?.ports ?? [];
}

function typeOf({ spec }: AnyService): string {
    return spec?.type ?? "ClusterIP";
}

/** All but those to Pulumi's own provider. */
function annotationsOf(service: AnyService | undefined): Readonly<Record<string, string>> {
    return Object.fromEntries(
        Object.entries(service?.metadata?.annotations ?? {}).filter(
            ([key]) => !key.startsWith("pulumi.com/"),
        ),
    );
}
