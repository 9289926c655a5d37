// usage: node prof.mjs case steps
import '/work/main/tooling/bench/node_modules/@tensorflow/tfjs-core/dist/tf-core.node.js';
const {trainCases}=await import('/work/main/tooling/bench/dist/train-step/cases.js');
const {downhillTrainer}=await import('/work/main/tooling/bench/dist/train-step/downhill.js');
console.log=()=>{};
for(const name of process.argv[2].split(',')){
const c=trainCases.find(x=>x.name===name);
const t=await downhillTrainer(c); const n=+process.argv[3]||10;
for(let i=0;i<8;i++) t.step();
const ts=[];for(let i=0;i<n;i++){const s=performance.now();t.step();ts.push(performance.now()-s)}
ts.sort((a,b)=>a-b);process.stdout.write(`${name} median ${ts[n>>1].toFixed(1)} min ${ts[0].toFixed(1)}\n`);
if(process.argv[4]){const k=t.kernels(10);for(const r of k.slice(0,+process.argv[4])) process.stdout.write(`  ${r.kernel.padEnd(32)} ${r.calls} ${r.ms.toFixed(2)}\n`)}
}
process.exit()
