import 'virtual:frame.css';
import 'uplot/dist/uPlot.min.css';
import './style/main.css';
import { render } from 'preact';
import { App } from './shell/app.tsx';

const root = document.getElementById('app');
if (root !== null) render(<App />, root);
