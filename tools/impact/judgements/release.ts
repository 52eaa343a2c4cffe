import { CERT_MANAGER } from "../../../components/statefulset/certificates/certManagerChart";
import { LOAD_BALANCER_CONTROLLER } from "../../../components/eks/versions";
import { textAt } from "../fields";
import type { Judgement } from "../judgement";
import { judgeCertManager } from "./certManager";
import { judgeLoadBalancerController } from "./loadBalancerController";
import { judgeOperator } from "./operator";

/** The Helm releases that go by their name; the operator is the other one. */
const BY_NAME: Readonly<Record<string, Judgement>> = {
    [LOAD_BALANCER_CONTROLLER.chart]: judgeLoadBalancerController,
    [CERT_MANAGER]: judgeCertManager,
};

/** Judges Helm releases. */
export const judgeRelease: Judgement = (change, context) => {
    const name = textAt((change.old ?? change.new)?.inputs, "name");
    return (BY_NAME[name ?? ""] ?? judgeOperator)(change, context);
};
