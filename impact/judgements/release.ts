import { LOAD_BALANCER_CONTROLLER } from "../../components/rendering/eks/versions";
import { textAt } from "../fields";
import type { Judgement } from "../judgement";
import { judgeLoadBalancerController } from "./loadBalancerController";
import { judgeOperator } from "./operator";

/** Judges Helm releases: the load balancer controller goes by its chart's name, the operator is the other one. */
export const judgeRelease: Judgement = (change, context) => {
    const name = textAt((change.old ?? change.new)?.inputs, "name");
    const judge =
        name === LOAD_BALANCER_CONTROLLER.chart ? judgeLoadBalancerController : judgeOperator;
    return judge(change, context);
};
