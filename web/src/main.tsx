import './tokens.css';
import './base.css';
import './print.css';
import { render } from 'preact';
import { ErrorBoundary, LocationProvider, Route, Router, lazy } from 'preact-iso';
import { loadSession, session } from './api/session';
import { FindPage } from './pages/find/Page';
import { NowherePage } from './pages/Nowhere';
import { SignInPage } from './pages/sign-in/Page';
import { Shell } from './parts/Shell';
import { drawTheme } from './parts/theme';

const PartyPage = lazy(() => import('./pages/party/Page'));
const NetworkPage = lazy(() => import('./pages/network/Page'));
const ReviewPage = lazy(() => import('./pages/review/Page'));
const SuppliersPage = lazy(() => import('./pages/suppliers/Page'));

function Pages() {
  return (
    <LocationProvider>
      <Shell>
        <ErrorBoundary>
          <Router>
            <Route path="/" component={FindPage} />
            <Route path="/find" component={FindPage} />
            <Route path="/party/:id/:tab?" component={PartyPage} />
            <Route path="/network" component={NetworkPage} />
            <Route path="/review" component={ReviewPage} />
            <Route path="/suppliers" component={SuppliersPage} />
            <Route default component={NowherePage} />
          </Router>
        </ErrorBoundary>
      </Shell>
    </LocationProvider>
  );
}

/** Nothing is asked before the server has told whether it needs the key. */
function Door() {
  if (session.value === null) return null;
  return session.value.key_needed && !session.value.signed_in ? <SignInPage /> : <Pages />;
}

drawTheme();
void loadSession();
render(<Door />, document.getElementById('page') as HTMLElement);
