import { AuthorizationV1Api, type KubeConfig } from "@kubernetes/client-node";
import { ask, type Known } from "./known";
import type { Permission } from "./permissions";

/** Asks whether the kubeconfig's user may do something. */
export type Reviewer = (permission: Permission) => Promise<Known<boolean>>;

/** How many questions are asked at once, so that the API server does not put them off. */
const AT_ONCE = 10;

/** Asks the API server, by reviews that it answers and does not keep. */
export function reviewer(kubeConfig: KubeConfig): Reviewer {
    const api = kubeConfig.makeApiClient(AuthorizationV1Api);
    return (permission) =>
        ask(
            api
                .createSelfSubjectAccessReview({
                    body: { spec: { resourceAttributes: { ...permission } } },
                })
                .then(({ status }) => status?.allowed === true),
            "a review of permissions",
        );
}

/** Asks several questions, in their order. */
export async function reviewAll<T>(
    items: readonly T[],
    review: (item: T) => Promise<Known<boolean>>,
): Promise<(readonly [T, Known<boolean>])[]> {
    const answers: (readonly [T, Known<boolean>])[] = [];
    for (let start = 0; start < items.length; start += AT_ONCE) {
        const some = items.slice(start, start + AT_ONCE);
        answers.push(
            ...(await Promise.all(some.map(async (item) => [item, await review(item)] as const))),
        );
    }
    return answers;
}
