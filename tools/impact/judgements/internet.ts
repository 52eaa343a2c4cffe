import { INTERNAL_LOAD_BALANCER } from "../../../components/kafka/internalLoadBalancer";

type Annotations = Readonly<Record<string, string>>;

/** What is said of a load balancer that was out of the internet. */
export const ON_INTERNET = {
    what: "the internet reaches it",
    severity: "cluster-opens",
} as const;

/** What a cloud does without the annotation, where that keeps a load balancer out of the internet. */
const DEFAULTS: Annotations = {
    "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal",
};

/** The annotations that say on which side a load balancer is and that differ; with another one it is another load balancer. */
export function changedSides(before: Annotations, after: Annotations): readonly string[] {
    return Object.keys(INTERNAL_LOAD_BALANCER).filter((name) => before[name] !== after[name]);
}

/** Tells whether nothing is said that keeps a load balancer out of the internet. */
export function isOnInternet(annotations: Annotations): boolean {
    return Object.entries(INTERNAL_LOAD_BALANCER).every(
        ([name, internal]) => annotations[name] !== internal,
    );
}

/** Tells whether a load balancer that was kept out of the internet is not any more. */
export function entersInternet(before: Annotations, after: Annotations): boolean {
    return Object.entries(INTERNAL_LOAD_BALANCER).some(([name, internal]) => {
        const [from, to] = [before, after].map((each) => each[name] ?? DEFAULTS[name]);
        return from === internal && to !== internal;
    });
}
